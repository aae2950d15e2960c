import { Field } from '@fluentui/react-components';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '../../../parts/ConfirmDialog.tsx';
import { useSession } from '../../../session/use-session.ts';
import { SeatConsequences } from './SeatConsequences.tsx';
import { isUsable, type Subscription } from './subscription.ts';
import { UnitsInput } from './UnitsInput.tsx';

/** Changes how many seats a subscription has, and says first what that means. */
export function ChangeUnits({
  subscription: { id, skuId, units, status },
  onClose,
}: {
  readonly subscription: Subscription;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation('products');
  const { client } = useSession();
  const [wanted, setWanted] = useState<number | undefined>(units);
  return (
    <ConfirmDialog
      title={t('changeUnits')}
      confirm={t('save')}
      open
      onClose={onClose}
      isReady={wanted !== undefined && wanted !== units}
      run={() => client.send('PATCH', `/allot/v1/subscriptions/${id}`, { units: wanted })}
    >
      <Field label={t('units')}>
        <UnitsInput value={wanted} onChange={setWanted} />
      </Field>
      {wanted !== undefined && <SeatConsequences skuId={skuId} more={isUsable(status) ? wanted - units : 0} />}
    </ConfirmDialog>
  );
}
