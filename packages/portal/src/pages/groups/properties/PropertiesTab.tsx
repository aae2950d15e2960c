import { makeStyles, tokens } from '@fluentui/react-components';
import { may, useMay } from '../../../api/use-permissions.ts';
import type { GroupShown } from '../group-data.ts';
import { GroupFacts } from './GroupFacts.tsx';
import { GroupForm } from './GroupForm.tsx';
import { Owners } from './Owners.tsx';

const useStyles = makeStyles({
  columns: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr) minmax(0, 1fr)',
    alignItems: 'start',
    gap: tokens.spacingHorizontalXXXL,
    '@media (max-width: 64rem)': { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
  column: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalXXL, minWidth: 0 },
});

/** What a group is called and for, whether it follows its rule, and who is responsible for it. */
export function PropertiesTab({ group }: { readonly group: GroupShown }) {
  const styles = useStyles();
  const isReadOnly = !useMay()(may.changeGroups, group.id);
  return (
    <div className={styles.columns}>
      <div className={styles.column}>
        <GroupForm group={group} isReadOnly={isReadOnly} />
        <GroupFacts group={group} />
      </div>
      <Owners group={group} isReadOnly={isReadOnly} />
    </div>
  );
}
