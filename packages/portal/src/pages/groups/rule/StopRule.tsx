import { Text } from '@fluentui/react-components';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '../../../parts/ConfirmDialog.tsx';
import { useSession } from '../../../session/use-session.ts';
import { useFormat } from '../../../text/use-format.ts';
import { type GroupShown, useMemberCount } from '../group-data.ts';

/** Makes a group by rule one of hand-picked members, who stay those that it has. */
export function StopRule({
  group,
  open,
  onClose,
}: {
  readonly group: GroupShown;
  readonly open: boolean;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation('rule');
  const { client } = useSession();
  const { number } = useFormat();
  const count = useMemberCount(group.id, 'user') ?? 0;
  return (
    <ConfirmDialog
      title={t('stopTitle', { name: group.displayName })}
      confirm={t('stop')}
      open={open}
      onClose={onClose}
      run={() => client.send('PATCH', `/v1.0/groups/${group.id}`, { groupTypes: [] })}
    >
      <Text>{t('stopKeeps', { count, formatted: number(count) })}</Text>
      <Text>{t('stopThen')}</Text>
    </ConfirmDialog>
  );
}
