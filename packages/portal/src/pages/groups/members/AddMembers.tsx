import { MessageBar, MessageBarBody, Text } from '@fluentui/react-components';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useProducts } from '../../../api/use-products.ts';
import { ShownEffect } from '../../../parts/assign/EffectPreview.tsx';
import { previewedMax, useMembersPreview } from '../../../parts/assign/use-change-previews.ts';
import { BulkDialog } from '../../../parts/BulkDialog.tsx';
import { ObjectPicker, type Picked } from '../../../parts/pick/ObjectPicker.tsx';
import { useSession } from '../../../session/use-session.ts';
import { useFormat } from '../../../text/use-format.ts';
import type { GroupShown } from '../group-data.ts';

/** Finds users and groups and makes them members, which gives users what the group licenses. */
export function AddMembers({ group, onClose }: { readonly group: GroupShown; readonly onClose: () => void }) {
  const { t } = useTranslation('members');
  const { client } = useSession();
  const { list, number } = useFormat();
  const { productName } = useProducts();
  const [picked, setPicked] = useState<readonly Picked[]>([]);
  const preview = useMembersPreview(
    group.id,
    'addMembers',
    picked.map(({ id }) => id),
  );
  const products = group.assignedLicenses.map(({ skuId }) => productName(skuId));
  return (
    <BulkDialog
      title={t('addTitle', { name: group.displayName })}
      confirm={
        picked.length === 0 ? t('add') : t('addCount', { count: picked.length, formatted: number(picked.length) })
      }
      open
      onClose={onClose}
      isChanged={picked.length > 0}
      parts={(preview.isReady ? picked : []).map(({ id, displayName }) => ({
        name: displayName,
        method: 'POST',
        url: `/groups/${group.id}/members/$ref`,
        body: { '@odata.id': `${client.baseUrl}/v1.0/directoryObjects/${id}` },
      }))}
    >
      <ObjectPicker
        label={t('who')}
        kinds={['user', 'group']}
        picked={picked}
        onPick={setPicked}
        without={[group.id]}
      />
      {!preview.isAsked && products.length > 0 && <Text>{t('theyGet', { products: list(products) })}</Text>}
      {picked.some(({ kind }) => kind === 'group') && (
        <MessageBar intent="info" layout="multiline">
          <MessageBarBody>{t('nested')}</MessageBarBody>
        </MessageBar>
      )}
      {preview.isAsked && <ShownEffect preview={preview} of={{ all: picked.length, shown: previewedMax }} />}
    </BulkDialog>
  );
}
