import type { Collection, Explanation } from '@allot/contract';
import { makeStyles, Spinner, tokens } from '@fluentui/react-components';
import { useTranslation } from 'react-i18next';
import { useRead } from '../../../api/use-api.ts';
import { Notice } from '../../../parts/Notice.tsx';
import { Problem } from '../../../parts/Problem.tsx';
import type { UserData } from '../user-data.ts';
import { ProductOfUser } from './ProductOfUser.tsx';

const useStyles = makeStyles({
  list: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalL, maxWidth: '64rem' },
});

/** Each product of a user with the paths by which it comes, and why one of them fails. */
export function LicensesTab({ user }: { readonly user: UserData }) {
  const styles = useStyles();
  const { t } = useTranslation('user');
  const path = `/allot/v1/users/${user.id}/explanation`;
  const { data, error, refetch } = useRead<Collection<Explanation>>(path);
  if (error) return <Problem error={error} retry={() => void refetch()} />;
  if (data === undefined) return <Spinner size="small" label={t('loading')} />;
  if (data.value.length === 0) return <Notice title={t('noLicenses')} text={t('noLicensesHint')} role="status" />;
  const products = Map.groupBy(data.value, ({ skuId }) => skuId);
  const isInError = (entries: readonly Explanation[]) => entries.some(({ error: code }) => code !== 'None');
  // What needs somebody comes first.
  const ordered = [...products].toSorted(([, a], [, b]) => Number(isInError(b)) - Number(isInError(a)));
  return (
    <div className={styles.list}>
      {ordered.map(([skuId, entries]) => (
        <ProductOfUser key={skuId} user={user} skuId={skuId} entries={entries} />
      ))}
    </div>
  );
}
