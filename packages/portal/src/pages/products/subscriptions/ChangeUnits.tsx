import { Field } from '@fluentui/react-components';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePreview } from '../../../parts/assign/use-effect-preview.ts';
import { ConfirmDialog } from '../../../parts/ConfirmDialog.tsx';
import { useProducts } from '../../../api/use-products.ts';
import { useSession } from '../../../session/use-session.ts';
import { SeatConsequences } from './SeatConsequences.tsx';
import type { Subscription } from './subscription.ts';
import { UnitsInput } from './UnitsInput.tsx';

/** Changes how many seats a subscription has, and says first what that means. */
export function ChangeUnits({
  subscription: { id, skuId, units },
  onClose,
}: {
  readonly subscription: Subscription;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation('products');
  const { client } = useSession();
  const { productName } = useProducts();
  const [wanted, setWanted] = useState<number | undefined>(units);
  const isChanged = wanted !== undefined && wanted !== units;
  const path = `/allot/v1/subscriptions/${id}`;
  const preview = usePreview({
    method: 'PATCH',
    path: `${path}?dryRun=true`,
    body: { units: wanted },
    isAsked: isChanged,
  });
  return (
    <ConfirmDialog
      title={t('changeTitle', { product: productName(skuId) })}
      confirm={t('save')}
      open
      onClose={onClose}
      isReady={isChanged && preview.isReady}
      isChanged={wanted !== units}
      run={() => client.send('PATCH', path, { units: wanted })}
    >
      <Field label={t('units')}>
        <UnitsInput value={wanted} onChange={setWanted} />
      </Field>
      <SeatConsequences preview={preview} />
    </ConfirmDialog>
  );
}
