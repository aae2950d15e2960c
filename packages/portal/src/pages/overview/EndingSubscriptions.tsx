import type { Collection } from '@allot/contract';
import { useTranslation } from 'react-i18next';
import { useRead } from '../../api/use-api.ts';
import { useProducts } from '../../api/use-products.ts';
import { PageLink } from '../../parts/LinkButton.tsx';
import { useFormat } from '../../text/use-format.ts';
import { OverviewSection } from './OverviewSection.tsx';
import { useOverviewTable } from './overview-table.ts';

interface Subscription {
  readonly id: string;
  readonly skuId: string;
  readonly units: number;
  readonly status: string;
  readonly endDateTime: string | null;
  readonly nextLifecycleDateTime: string | null;
}

/** Time enough to renew. */
const soonMs = 90 * 86_400_000;
const shownMax = 6;

/** Subscriptions whose next step is near: an end, a suspension, a deletion. Nothing while there is none. */
export function EndingSubscriptions() {
  const styles = useOverviewTable();
  const { t } = useTranslation('overview');
  const { number, date } = useFormat();
  const { productName } = useProducts();
  const { data } = useRead<Collection<Subscription>>('/allot/v1/subscriptions');
  const before = Date.now() + soonMs;
  const ending = (data?.value ?? [])
    .flatMap((one) => {
      const at = one.nextLifecycleDateTime ?? one.endDateTime;
      return at !== null && Date.parse(at) < before ? [{ ...one, at }] : [];
    })
    .toSorted((one, other) => one.at.localeCompare(other.at));
  if (ending.length === 0) return null;
  return (
    <OverviewSection title={t('ending')}>
      <table className={styles.table} aria-label={t('ending')}>
        <tbody>
          {ending.slice(0, shownMax).map(({ id, skuId, units, status, at }) => (
            <tr key={id}>
              <th scope="row" className={styles.cell}>
                <PageLink to="/products/$skuId" params={{ skuId }} search={{ tab: 'subscriptions' }}>
                  {productName(skuId)}
                </PageLink>
              </th>
              <td className={styles.cell}>{t('endingSeats', { count: units, formatted: number(units) })}</td>
              <td className={styles.cell}>{t(nextStep(status), { date: date(at) })}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </OverviewSection>
  );
}

const nextStep = (status: string) =>
  status === 'Warning' ? 'willSuspend' : status === 'Suspended' || status === 'LockedOut' ? 'willDelete' : 'willEnd';
