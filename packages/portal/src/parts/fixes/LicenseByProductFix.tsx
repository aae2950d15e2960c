import { Text } from '@fluentui/react-components';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../session/use-session.ts';
import { ConfirmDialog } from '../ConfirmDialog.tsx';
import { useGroupName } from './use-fix-words.ts';

/** Lets each product of a group stand or fall alone. */
export function LicenseByProductFix({ groupId, onClose }: { readonly groupId: string; readonly onClose: () => void }) {
  const { t } = useTranslation('fixes');
  const { client } = useSession();
  const name = useGroupName(groupId);
  return (
    <ConfirmDialog
      title={t('byProductTitle')}
      confirm={t('byProduct')}
      open
      onClose={onClose}
      run={() => client.send('PATCH', `/allot/v1/groups/${groupId}/licensing`, { atomicity: 'product' })}
    >
      <Text>{t('byProductText', { name })}</Text>
      <Text>{t('byProductKeeps')}</Text>
    </ConfirmDialog>
  );
}
