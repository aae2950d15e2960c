import type { Collection } from '@allot/contract';
import {
  Button,
  makeStyles,
  Table,
  TableBody,
  TableCell,
  TableHeader,
  TableHeaderCell,
  TableRow,
  tokens,
} from '@fluentui/react-components';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRead } from '../../../api/use-api.ts';
import { may, useMay } from '../../../api/use-permissions.ts';
import { Notice } from '../../../parts/Notice.tsx';
import { Problem } from '../../../parts/Problem.tsx';
import { useFormat } from '../../../text/use-format.ts';
import { useStatusName } from '../use-status-name.ts';
import { AddSubscription } from './AddSubscription.tsx';
import { ChangeUnits } from './ChangeUnits.tsx';
import { EndSubscription } from './EndSubscription.tsx';
import type { Subscription } from './subscription.ts';

const useStyles = makeStyles({
  tools: { display: 'flex', marginBottom: tokens.spacingVerticalM },
  actions: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalXS },
  last: { width: '14rem' },
  scroller: { overflowX: 'auto' },
  table: { minWidth: '46rem' },
});

type Open = { readonly kind: 'add' } | { readonly kind: 'units' | 'end'; readonly subscription: Subscription };

/** Where the seats of a product come from, until when, and how to have more or fewer. */
export function Subscriptions({ skuId }: { readonly skuId: string }) {
  const styles = useStyles();
  const { t } = useTranslation('products');
  const mayChange = useMay()(may.changeOrganization);
  const [open, setOpen] = useState<Open>();
  const { data, error, refetch } = useRead<Collection<Subscription>>('/allot/v1/subscriptions');
  if (error) return <Problem error={error} retry={() => void refetch()} />;
  const own = data?.value.filter((one) => one.skuId === skuId);
  const close = () => setOpen(undefined);
  return (
    <>
      {mayChange && (
        <div className={styles.tools}>
          <Button onClick={() => setOpen({ kind: 'add' })}>{t('addSubscription')}</Button>
        </div>
      )}
      {own?.length === 0 && <Notice title={t('noSubscriptions')} text={t('noSubscriptionsHint')} role="status" />}
      {own !== undefined && own.length > 0 && (
        <div className={styles.scroller}>
          <Table aria-label={t('tabSubscriptions')} className={styles.table}>
            <TableHeader>
              <TableRow>
                <TableHeaderCell>{t('units')}</TableHeaderCell>
                <TableHeaderCell>{t('status')}</TableHeaderCell>
                <TableHeaderCell>{t('start')}</TableHeaderCell>
                <TableHeaderCell>{t('end')}</TableHeaderCell>
                <TableHeaderCell>{t('nextChange')}</TableHeaderCell>
                {mayChange && <TableHeaderCell className={styles.last}>{t('actions')}</TableHeaderCell>}
              </TableRow>
            </TableHeader>
            <TableBody>
              {own.map((subscription) => (
                <TableRow key={subscription.id}>
                  <Facts subscription={subscription} />
                  {mayChange && (
                    <TableCell className={styles.last}>
                      <div className={styles.actions}>
                        <Button size="small" onClick={() => setOpen({ kind: 'units', subscription })}>
                          {t('changeUnits')}
                        </Button>
                        <Button size="small" onClick={() => setOpen({ kind: 'end', subscription })}>
                          {t('endIt')}
                        </Button>
                      </div>
                    </TableCell>
                  )}
                </TableRow>
              ))}
            </TableBody>
          </Table>
        </div>
      )}
      {open?.kind === 'add' && <AddSubscription skuId={skuId} onClose={close} />}
      {open?.kind === 'units' && <ChangeUnits subscription={open.subscription} onClose={close} />}
      {open?.kind === 'end' && <EndSubscription subscription={open.subscription} onClose={close} />}
    </>
  );
}

function Facts({ subscription }: { readonly subscription: Subscription }) {
  const { t } = useTranslation('products');
  const { number, date } = useFormat();
  const statusName = useStatusName();
  const { id, units, status, startDateTime, endDateTime, nextLifecycleDateTime } = subscription;
  return (
    <>
      <TableCell title={id}>{number(units)}</TableCell>
      <TableCell>{statusName(status)}</TableCell>
      <TableCell>{date(startDateTime)}</TableCell>
      <TableCell>{endDateTime === null ? t('noEnd') : date(endDateTime)}</TableCell>
      <TableCell>{nextLifecycleDateTime === null ? '–' : date(nextLifecycleDateTime)}</TableCell>
    </>
  );
}
