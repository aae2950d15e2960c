import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { BulkDialog } from '../../../parts/BulkDialog.tsx';
import { ObjectPicker, type Picked } from '../../../parts/pick/ObjectPicker.tsx';
import { useSession } from '../../../session/use-session.ts';
import type { GroupShown } from '../group-data.ts';

/** Finds users and makes them owners of a group. */
export function AddOwners({
  group,
  known,
  onClose,
}: {
  readonly group: GroupShown;
  /** Ids of those who are owners already. */
  readonly known: readonly string[];
  readonly onClose: () => void;
}) {
  const { t } = useTranslation('group-properties');
  const { client } = useSession();
  const [picked, setPicked] = useState<readonly Picked[]>([]);
  return (
    <BulkDialog
      title={t('addTitle', { name: group.displayName })}
      confirm={t('addOwners')}
      open
      onClose={onClose}
      isChanged={picked.length > 0}
      parts={picked.map(({ id, displayName }) => ({
        name: displayName,
        method: 'POST',
        url: `/groups/${group.id}/owners/$ref`,
        body: { '@odata.id': `${client.baseUrl}/v1.0/users/${id}` },
      }))}
    >
      <ObjectPicker
        label={t('users')}
        hint={t('ownersHint')}
        kinds={['user']}
        picked={picked}
        onPick={setPicked}
        without={known}
      />
    </BulkDialog>
  );
}
