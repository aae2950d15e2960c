import type { LicenseFix } from '@allot/contract';
import { MessageBar, MessageBarBody, Text } from '@fluentui/react-components';
import { useTranslation } from 'react-i18next';
import { ShownEffect } from '../assign/EffectPreview.tsx';
import { useEffectPreview } from '../assign/use-effect-preview.ts';
import { ConfirmDialog } from '../ConfirmDialog.tsx';
import { useSession } from '../../session/use-session.ts';
import { useFixWords, useGroupName } from './use-fix-words.ts';

type PlansFix = Extract<LicenseFix, { kind: 'disablePlans' | 'enablePlans' }>;

/** Switches services of a product for a whole group, after showing what that does to all its members. */
export function GroupPlansFix({
  fix,
  groupId,
  onClose,
}: {
  readonly fix: PlansFix;
  readonly groupId: string;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation('fixes');
  const { client } = useSession();
  const { sentence } = useFixWords(fix);
  const name = useGroupName(groupId);
  const change = { addLicenses: [{ skuId: fix.skuId, disabledPlans: fix.disabledPlans }], removeLicenses: [] };
  const target = { kind: 'group', groupId } as const;
  const preview = useEffectPreview(target, change);
  return (
    <ConfirmDialog
      title={fix.kind === 'disablePlans' ? t('disableTitle') : t('enableTitle')}
      confirm={fix.kind === 'disablePlans' ? t('disable') : t('enable')}
      open
      onClose={onClose}
      isReady={preview.isCurrent}
      run={() => client.send('POST', `/v1.0/groups/${groupId}/assignLicense`, change)}
    >
      <Text>{sentence}</Text>
      <MessageBar intent="info" layout="multiline">
        <MessageBarBody>{t('allMembers', { name })}</MessageBarBody>
      </MessageBar>
      <ShownEffect preview={preview} />
    </ConfirmDialog>
  );
}
