import { Text } from '@fluentui/react-components';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../session/use-session.ts';
import { ShownEffect } from '../assign/EffectPreview.tsx';
import { usePreview } from '../assign/use-effect-preview.ts';
import { ConfirmDialog } from '../ConfirmDialog.tsx';
import { useGroupName } from './use-fix-words.ts';

/** Lets each product of a group stand or fall alone. */
export function LicenseByProductFix({ groupId, onClose }: { readonly groupId: string; readonly onClose: () => void }) {
  const { t } = useTranslation('fixes');
  const { client } = useSession();
  const name = useGroupName(groupId);
  const path = `/allot/v1/groups/${groupId}/licensing`;
  const body = { atomicity: 'product' };
  const preview = usePreview({ method: 'PATCH', path: `${path}?dryRun=true`, body, isAsked: true });
  return (
    <ConfirmDialog
      title={t('byProductTitle')}
      confirm={t('byProduct')}
      open
      isReady={preview.isReady}
      onClose={onClose}
      run={() => client.send('PATCH', path, body)}
    >
      <Text>{t('byProductText', { name })}</Text>
      <Text>{t('byProductKeeps')}</Text>
      <ShownEffect preview={preview} />
    </ConfirmDialog>
  );
}
