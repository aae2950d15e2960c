import { Caption1, makeStyles, mergeClasses, tokens, typographyStyles } from '@fluentui/react-components';
import type { ReactNode } from 'react';

const useStyles = makeStyles({
  group: { border: 'none', margin: 0, padding: 0, minWidth: 0 },
  legend: { ...typographyStyles.subtitle2, padding: 0, marginBottom: tokens.spacingVerticalXS },
  hint: { color: tokens.colorNeutralForeground2, marginBottom: tokens.spacingVerticalS },
  fields: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fill, minmax(min(15rem, 100%), 1fr))',
    gap: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalL}`,
    alignItems: 'start',
    marginTop: tokens.spacingVerticalS,
    // Names of directory extensions have no place to break.
    '> *': { minWidth: 0, overflowWrap: 'anywhere' },
  },
  one: { gridTemplateColumns: 'minmax(0, 1fr)' },
});

/** Fields that belong together, under their name; side by side where there is room. */
export function FieldGroup({
  title,
  hint,
  isOneColumn = false,
  children,
}: {
  readonly title: string;
  readonly hint?: string | undefined;
  readonly isOneColumn?: boolean;
  readonly children: ReactNode;
}) {
  const styles = useStyles();
  return (
    <fieldset className={styles.group}>
      <legend className={styles.legend}>{title}</legend>
      {hint && (
        <Caption1 block className={styles.hint}>
          {hint}
        </Caption1>
      )}
      <div className={mergeClasses(styles.fields, isOneColumn && styles.one)}>{children}</div>
    </fieldset>
  );
}
