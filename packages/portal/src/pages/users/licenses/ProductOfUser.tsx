import type { Explanation } from '@allot/contract';
import { Card, makeStyles, Subtitle2, tokens } from '@fluentui/react-components';
import { useTranslation } from 'react-i18next';
import { useProducts } from '../../../api/use-products.ts';
import { LicenseState } from '../../../parts/LicenseState.tsx';
import { PageLink } from '../../../parts/LinkButton.tsx';
import type { UserData } from '../user-data.ts';
import { AssignmentPath } from './AssignmentPath.tsx';

const useStyles = makeStyles({
  head: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalM },
  title: { margin: 0 },
  paths: { listStyle: 'none', margin: 0, padding: 0 },
});

/** One product of a user, with every path by which it is assigned. */
export function ProductOfUser({
  user,
  skuId,
  entries,
}: {
  readonly user: UserData;
  readonly skuId: string;
  readonly entries: readonly Explanation[];
}) {
  const styles = useStyles();
  const { t } = useTranslation('user');
  const { productName } = useProducts();
  return (
    <Card role="group" aria-label={productName(skuId)}>
      <div className={styles.head}>
        <Subtitle2 as="h2" className={styles.title}>
          <PageLink to="/products/$skuId" params={{ skuId }} title={entries[0]?.skuPartNumber}>
            {productName(skuId)}
          </PageLink>
        </Subtitle2>
        {entries.length > 1 && <LicenseState states={entries.map(({ state }) => state)} />}
      </div>
      <ul className={styles.paths} aria-label={t('paths')}>
        {entries.map((entry) => (
          <AssignmentPath key={entry.source} user={user} entry={entry} isOnly={entries.length === 1} />
        ))}
      </ul>
    </Card>
  );
}
