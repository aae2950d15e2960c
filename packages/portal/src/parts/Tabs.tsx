import { makeStyles, mergeClasses, Tab, TabList, tokens } from '@fluentui/react-components';
import { type ReactNode, useId } from 'react';

const useStyles = makeStyles({
  // Where all of them do not fit beside each other they go on below: none is out of sight.
  tabs: {
    flexWrap: 'wrap',
    margin: `${tokens.spacingVerticalS} 0 ${tokens.spacingVerticalM} calc(-1 * ${tokens.spacingHorizontalMNudge})`,
  },
  small: { margin: `0 0 0 calc(-1 * ${tokens.spacingHorizontalSNudge})` },
});

/** Parts of a page of which one is seen; their words begin where those of the page begin. */
export function Tabs<Id extends string>({
  label,
  tabs,
  selected,
  onSelect,
  isSmall = false,
  children,
}: {
  /** What the tabs choose between, for those who do not see it. */
  readonly label: string;
  readonly tabs: readonly { readonly id: Id; readonly name: string }[];
  readonly selected: Id;
  readonly onSelect: (id: Id) => void;
  /** Tabs within a tab. */
  readonly isSmall?: boolean;
  /** What the selected tab shows. */
  readonly children: ReactNode;
}) {
  const styles = useStyles();
  const id = useId();
  return (
    <>
      <TabList
        className={mergeClasses(styles.tabs, isSmall && styles.small)}
        size={isSmall ? 'small' : 'medium'}
        aria-label={label}
        selectedValue={selected}
        onTabSelect={(_, { value }) => {
          const chosen = tabs.find((one) => one.id === value);
          if (chosen) onSelect(chosen.id);
        }}
      >
        {tabs.map((one) => (
          <Tab
            key={one.id}
            value={one.id}
            id={`${id}-${one.id}`}
            aria-controls={one.id === selected ? `${id}-panel` : undefined}
          >
            {one.name}
          </Tab>
        ))}
      </TabList>
      <div role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${selected}`}>
        {children}
      </div>
    </>
  );
}
