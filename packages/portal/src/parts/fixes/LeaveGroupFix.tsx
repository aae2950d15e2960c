import type { LicenseFix } from '@allot/contract';
import { Text } from '@fluentui/react-components';
import { useTranslation } from 'react-i18next';
import { useRead } from '../../api/use-api.ts';
import { useProducts } from '../../api/use-products.ts';
import { useFormat } from '../../text/use-format.ts';
import { ShownEffect } from '../assign/EffectPreview.tsx';
import { previewedMax, useMembersPreview } from '../assign/use-change-previews.ts';
import { BulkDialog } from '../BulkDialog.tsx';
import { type FixScope, useFixTargets } from './fix-scope.ts';
import { FixTargets } from './FixTargets.tsx';

interface LicensedGroup {
  readonly displayName: string;
  readonly assignedLicenses: readonly { readonly skuId: string }[];
}

/** Removes one user, or all whom a cause concerns, from a group. */
export function LeaveGroupFix({
  fix,
  scope,
  onClose,
}: {
  readonly fix: Extract<LicenseFix, { kind: 'removeFromGroup' }>;
  readonly scope: FixScope;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation('fixes');
  const { list, number } = useFormat();
  const { productName } = useProducts();
  const { groupId } = fix;
  const { data: group } = useRead<LicensedGroup>(`/v1.0/groups/${groupId}?$select=displayName,assignedLicenses`);
  const found = useFixTargets(scope, fix);
  const products = (group?.assignedLicenses ?? []).map(({ skuId }) => productName(skuId));
  const userIds = (found.targets ?? []).map(({ user }) => user.id);
  const preview = useMembersPreview(groupId, 'removeMembers', userIds);
  const count = userIds.length;
  return (
    <BulkDialog
      title={t('leaveTitle', { name: group?.displayName ?? '' })}
      confirm={t('leave', { count, formatted: number(count) })}
      open
      onClose={onClose}
      parts={(preview.isReady ? found.targets : undefined)?.map(({ user }) => ({
        name: user.displayName,
        method: 'DELETE',
        url: `/groups/${groupId}/members/${user.id}/$ref`,
      }))}
    >
      <FixTargets {...found} />
      {preview.isAsked ? (
        <ShownEffect preview={preview} of={{ all: count, shown: previewedMax }} />
      ) : (
        <Text>{products.length > 0 ? t('leaveLoses', { products: list(products) }) : t('leaveNothing')}</Text>
      )}
    </BulkDialog>
  );
}
