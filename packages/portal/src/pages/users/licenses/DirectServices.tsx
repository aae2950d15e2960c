import { Button, Caption1, makeStyles, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EffectPreview } from '../../../parts/assign/EffectPreview.tsx';
import { PlanSwitches } from '../../../parts/assign/PlanSwitches.tsx';
import { ConfirmDialog } from '../../../parts/ConfirmDialog.tsx';
import { useUnsaved } from '../../../parts/form/use-unsaved.ts';
import { useSession } from '../../../session/use-session.ts';
import type { UserData } from '../user-data.ts';

const useStyles = makeStyles({
  actions: {
    display: 'flex',
    gap: tokens.spacingHorizontalS,
    padding: `${tokens.spacingVerticalS} 0`,
    position: 'sticky',
    bottom: `calc(-1 * ${tokens.spacingVerticalL})`,
    backgroundColor: tokens.colorNeutralBackground1,
  },
});

/** The services of a direct assignment, which can be switched; what that does is shown before it is done. */
export function DirectServices({
  user,
  skuId,
  disabledPlans,
  isOnly,
}: {
  readonly user: UserData;
  readonly skuId: string;
  readonly disabledPlans: readonly string[];
  readonly isOnly: boolean;
}) {
  const styles = useStyles();
  const { t } = useTranslation('user');
  const { client } = useSession();
  const [draft, setDraft] = useState<readonly string[]>();
  const [isOpen, setOpen] = useState(false);
  const isChanged = draft !== undefined && !isSame(draft, disabledPlans);
  useUnsaved(isChanged);
  const change = { addLicenses: [{ skuId, disabledPlans: draft ?? disabledPlans }], removeLicenses: [] };
  return (
    <>
      {!isOnly && <Caption1 block>{t('unionHint')}</Caption1>}
      <PlanSwitches skuId={skuId} disabledPlans={draft ?? disabledPlans} onChange={setDraft} />
      {isChanged && (
        <div className={styles.actions}>
          <Button appearance="primary" onClick={() => setOpen(true)}>
            {t('reviewServices')}
          </Button>
          <Button onClick={() => setDraft(undefined)}>{t('undo')}</Button>
        </div>
      )}
      <ConfirmDialog
        title={t('servicesTitle', { name: user.displayName })}
        confirm={t('save')}
        open={isOpen}
        onClose={() => setOpen(false)}
        run={async () => {
          await client.send('POST', `/v1.0/users/${user.id}/assignLicense`, change);
          setDraft(undefined);
        }}
      >
        {isOpen && <EffectPreview target={{ kind: 'users', userIds: [user.id] }} change={change} />}
      </ConfirmDialog>
    </>
  );
}

const isSame = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((id) => other.includes(id));
