import { makeStyles, tokens } from '@fluentui/react-components';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../text/use-format.ts';
import type { GroupShown } from '../group-data.ts';

const useStyles = makeStyles({
  facts: {
    display: 'grid',
    gridTemplateColumns: 'max-content minmax(0, 1fr)',
    gap: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalL}`,
    margin: 0,
  },
  name: { color: tokens.colorNeutralForeground2 },
  value: { margin: 0, overflowWrap: 'anywhere' },
});

/** What nobody can change here. */
export function GroupFacts({ group }: { readonly group: GroupShown }) {
  const styles = useStyles();
  const { t } = useTranslation('group-properties');
  const { dateTime } = useFormat();
  const facts = [
    ...(group.uniqueName ? [[t('uniqueName'), group.uniqueName]] : []),
    ...(group.createdDateTime ? [[t('created'), dateTime(group.createdDateTime)]] : []),
    [t('kind'), group.groupTypes.includes('Unified') ? t('unified') : t('security')],
  ];
  return (
    <dl className={styles.facts}>
      {facts.map(([name, value]) => [
        <dt key={`${name} name`} className={styles.name}>
          {name}
        </dt>,
        <dd key={name} className={styles.value}>
          {value}
        </dd>,
      ])}
    </dl>
  );
}
