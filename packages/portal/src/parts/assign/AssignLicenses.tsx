import type { AssignedLicense } from '@allot/contract';
import { Button } from '@fluentui/react-components';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../text/use-format.ts';
import { AssignDialog } from './AssignDialog.tsx';
import { previewedOf, ShownEffect } from './EffectPreview.tsx';
import type { LicenseChange, LicenseTarget } from './license-target.ts';
import { ProductChoice } from './ProductChoice.tsx';
import { useAssigned } from './use-assigned.ts';
import { useAssignment } from './use-assignment.ts';
import { useEffectPreview } from './use-effect-preview.ts';

export interface LicenseDialogProps {
  readonly target: LicenseTarget;
  readonly open: boolean;
  readonly onClose: () => void;
  /** The product that is chosen at first. */
  readonly skuId?: string;
}

/** Assigns products to a group, or to users directly, and shows first what that will do. */
export function AssignLicenses(props: LicenseDialogProps) {
  // What was chosen is forgotten with the dialog.
  return props.open ? <OpenAssign {...props} /> : null;
}

function OpenAssign({ target, onClose, skuId }: LicenseDialogProps) {
  const { t } = useTranslation('assign');
  const { number } = useFormat();
  const { licenses: all, name } = useAssigned(target);
  // What some of many users have says nothing of the others.
  const licenses = name === undefined ? [] : all;
  const [changed, setChosen] = useState<readonly AssignedLicense[]>();
  const initial =
    skuId === undefined ? [] : [licenses.find((one) => one.skuId === skuId) ?? { skuId, disabledPlans: [] }];
  const chosen = changed ?? initial;
  const change: LicenseChange = { addLicenses: chosen, removeLicenses: [] };
  const preview = useEffectPreview(target, change);
  const { assignment, run, stop } = useAssignment(target);
  const count = target.kind === 'group' ? 1 : target.userIds.length;
  return (
    <AssignDialog
      title={name === undefined ? t('assignToMany', { count, formatted: number(count) }) : t('assignTo', { name })}
      target={target}
      assignment={assignment}
      isChanged={changed !== undefined && changed.length > 0}
      stop={stop}
      onClose={onClose}
      choices={<ProductChoice chosen={chosen} assigned={licenses} onChange={setChosen} />}
      effect={<ShownEffect preview={preview} of={previewedOf(target)} />}
      action={
        <Button
          appearance="primary"
          disabled={!preview.isCurrent || chosen.length === 0}
          onClick={() => void run(change)}
        >
          {t('assign')}
        </Button>
      }
    />
  );
}
