import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
} from '@fluentui/react-components';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { may, useMay } from '../../api/use-permissions.ts';
import { useProducts } from '../../api/use-products.ts';
import { AssignLicenses } from '../../parts/assign/AssignLicenses.tsx';
import type { LicenseTarget } from '../../parts/assign/license-target.ts';
import { FocusBack } from '../../parts/FocusBack.tsx';
import { ObjectPicker, type Picked } from '../../parts/pick/ObjectPicker.tsx';

/** Finds users and groups and assigns a product to them: to all users together, then to one group after the other. */
export function AssignProduct({ skuId, onClose }: { readonly skuId: string; readonly onClose: () => void }) {
  const { t } = useTranslation('products');
  const { t: ofParts } = useTranslation('parts');
  const { productName } = useProducts();
  const mayDo = useMay();
  const [picked, setPicked] = useState<readonly Picked[]>([]);
  const [open, setOpen] = useState<readonly LicenseTarget[]>();
  const [target, ...rest] = open ?? [];
  if (target !== undefined) {
    return (
      <AssignLicenses
        key={rest.length}
        target={target}
        skuId={skuId}
        open
        onClose={() => (rest.length === 0 ? onClose() : setOpen(rest))}
      />
    );
  }
  const kinds = [
    ...(mayDo(may.licenseUsers) ? (['user'] as const) : []),
    ...(mayDo(may.licenseGroups) ? (['group'] as const) : []),
  ];
  return (
    <Dialog open onOpenChange={(_, data) => data.open || onClose()}>
      <DialogSurface aria-describedby={undefined}>
        <FocusBack />
        <DialogBody>
          <DialogTitle>{t('assignTitle', { product: productName(skuId) })}</DialogTitle>
          <DialogContent>
            <ObjectPicker label={t('toWhom')} hint={t('toWhomHint')} kinds={kinds} picked={picked} onPick={setPicked} />
          </DialogContent>
          <DialogActions>
            <Button onClick={onClose}>{ofParts('cancel')}</Button>
            <Button appearance="primary" disabled={picked.length === 0} onClick={() => setOpen(targetsOf(picked))}>
              {t('next')}
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}

function targetsOf(picked: readonly Picked[]): readonly LicenseTarget[] {
  const idsOf = (kind: Picked['kind']) => picked.filter((one) => one.kind === kind).map(({ id }) => id);
  const userIds = idsOf('user');
  return [
    ...(userIds.length > 0 ? [{ kind: 'users', userIds } as const] : []),
    ...idsOf('group').map((groupId) => ({ kind: 'group', groupId }) as const),
  ];
}
