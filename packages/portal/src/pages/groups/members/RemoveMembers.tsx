import { Text } from '@fluentui/react-components';
import { useTranslation } from 'react-i18next';
import { useProducts } from '../../../api/use-products.ts';
import { ShownEffect } from '../../../parts/assign/EffectPreview.tsx';
import { previewedMax, useMembersPreview } from '../../../parts/assign/use-change-previews.ts';
import { BulkDialog } from '../../../parts/BulkDialog.tsx';
import { useFormat } from '../../../text/use-format.ts';
import type { GroupShown } from '../group-data.ts';
import type { Member } from './member-columns.tsx';

/** So many are named, the rest is counted. */
const namedMax = 5;

/** Takes members out of a group, after saying what they lose. */
export function RemoveMembers({
  group,
  members,
  onClose,
}: {
  readonly group: GroupShown;
  readonly members: readonly Member[];
  readonly onClose: () => void;
}) {
  const { t } = useTranslation('members');
  const { list, number } = useFormat();
  const { productName } = useProducts();
  const preview = useMembersPreview(
    group.id,
    'removeMembers',
    members.map(({ id }) => id),
  );
  const products = group.assignedLicenses.map(({ skuId }) => productName(skuId));
  const names = members.slice(0, namedMax).map(({ displayName }) => displayName);
  const more = members.length - names.length;
  const shown = [...names, ...(more > 0 ? [t('more', { count: more, formatted: number(more) })] : [])];
  return (
    <BulkDialog
      title={t('removeTitle', { name: group.displayName })}
      confirm={t('remove', { count: members.length, formatted: number(members.length) })}
      open
      onClose={onClose}
      parts={(preview.isReady ? members : []).map(({ id, displayName }) => ({
        name: displayName,
        method: 'DELETE',
        url: `/groups/${group.id}/members/${id}/$ref`,
      }))}
    >
      <Text>{list(shown)}</Text>
      {preview.isAsked ? (
        <ShownEffect preview={preview} of={{ all: members.length, shown: previewedMax }} />
      ) : (
        <Text>{products.length > 0 ? t('theyLose', { products: list(products) }) : t('theyLoseNothing')}</Text>
      )}
    </BulkDialog>
  );
}
