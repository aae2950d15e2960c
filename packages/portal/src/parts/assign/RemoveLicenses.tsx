import { Button } from '@fluentui/react-components';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../text/use-format.ts';
import { AssignDialog } from './AssignDialog.tsx';
import type { LicenseDialogProps } from './AssignLicenses.tsx';
import { AssignedChoice } from './AssignedChoice.tsx';
import { previewedOf, ShownEffect } from './EffectPreview.tsx';
import type { LicenseChange, LicenseTarget } from './license-target.ts';
import { useAssigned } from './use-assigned.ts';
import { useAssignment } from './use-assignment.ts';
import { useEffectPreview } from './use-effect-preview.ts';

/** Takes products from a group, or what users were assigned directly, once the consequences were seen. */
export function RemoveLicenses(props: LicenseDialogProps) {
  return props.open ? <OpenRemove {...props} /> : null;
}

function OpenRemove({ target, onClose, skuId }: LicenseDialogProps) {
  const { t } = useTranslation('assign');
  const { number } = useFormat();
  const { licenses, name, holders, isRead } = useAssigned(target);
  const [changed, setChosen] = useState<readonly string[]>();
  const isOne = target.kind === 'group' || target.userIds.length === 1;
  const has = (id: string) => licenses.some((one) => one.skuId === id);
  const chosen = (changed ?? (skuId === undefined ? [] : [skuId])).filter(has);
  // Who does not have it directly has nothing that could be removed.
  const of: LicenseTarget = isOne ? target : { kind: 'users', userIds: holders.get(chosen[0] ?? '') ?? [] };
  const change: LicenseChange = { addLicenses: [], removeLicenses: chosen };
  const preview = useEffectPreview(of, change);
  const { assignment, run, stop } = useAssignment(of);
  const count = target.kind === 'group' ? 1 : target.userIds.length;
  return (
    <AssignDialog
      title={name === undefined ? t('removeFromMany', { count, formatted: number(count) }) : t('removeFrom', { name })}
      target={of}
      assignment={assignment}
      isChanged={changed !== undefined && changed.length > 0}
      stop={stop}
      onClose={onClose}
      choices={
        <AssignedChoice
          licenses={licenses}
          chosen={chosen}
          onChange={setChosen}
          isRead={isRead}
          isGroup={target.kind === 'group'}
          {...(isOne ? {} : { holders, all: count })}
        />
      }
      effect={<ShownEffect preview={preview} of={previewedOf(of)} />}
      action={
        <Button
          appearance="primary"
          disabled={!preview.isCurrent || chosen.length === 0}
          onClick={() => void run(change)}
        >
          {t('remove')}
        </Button>
      }
    />
  );
}
