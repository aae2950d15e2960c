import { Field, Input, makeStyles, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useProducts } from '../../../api/use-products.ts';
import { usePreview } from '../../../parts/assign/use-effect-preview.ts';
import { ConfirmDialog } from '../../../parts/ConfirmDialog.tsx';
import { useSession } from '../../../session/use-session.ts';
import { dayStart } from './day-start.ts';
import { SeatConsequences } from './SeatConsequences.tsx';
import { UnitsInput } from './UnitsInput.tsx';

/** What is offered before somebody types. */
const unitsAtFirst = 10;

const useStyles = makeStyles({ dates: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalL } });

/** Adds seats of a product, from a day on and, if wanted, until another. */
export function AddSubscription({ skuId, onClose }: { readonly skuId: string; readonly onClose: () => void }) {
  const styles = useStyles();
  const { t } = useTranslation('products');
  const { client } = useSession();
  const { productName } = useProducts();
  const [units, setUnits] = useState<number | undefined>(unitsAtFirst);
  const [start, setStart] = useState('');
  const [end, setEnd] = useState('');
  const isLater = start !== '' && new Date(dayStart(start)) > new Date();
  const body = {
    skuId,
    units,
    ...(start === '' ? {} : { startDateTime: dayStart(start) }),
    ...(end === '' ? {} : { endDateTime: dayStart(end) }),
    ...(isLater ? { status: 'Upcoming' } : {}),
  };
  const path = '/allot/v1/subscriptions';
  const isComplete = units !== undefined && units > 0;
  const preview = usePreview({ path: `${path}?dryRun=true`, body, isAsked: isComplete });
  return (
    <ConfirmDialog
      title={t('addTitle', { product: productName(skuId) })}
      confirm={t('addSubscription')}
      open
      onClose={onClose}
      isReady={isComplete && preview.isReady}
      isChanged={units !== unitsAtFirst || start + end !== ''}
      run={() => client.send('POST', path, body)}
    >
      <Field label={t('units')}>
        <UnitsInput value={units} onChange={setUnits} />
      </Field>
      <div className={styles.dates}>
        <Field label={t('start')} hint={t('startHint')}>
          <Input type="date" value={start} onChange={(_, { value }) => setStart(value)} />
        </Field>
        <Field label={t('end')} hint={t('endHint')}>
          <Input type="date" value={end} onChange={(_, { value }) => setEnd(value)} />
        </Field>
      </div>
      <SeatConsequences preview={preview} />
    </ConfirmDialog>
  );
}
