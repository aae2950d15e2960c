import { Button, Caption1, makeStyles, Text } from '@fluentui/react-components';
import { Add20Regular, ArrowSync20Regular, Delete20Regular } from '@fluentui/react-icons';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useChange } from '../../api/use-change.ts';
import { may, useMay } from '../../api/use-permissions.ts';
import { useProducts } from '../../api/use-products.ts';
import { AssignLicenses } from '../../parts/assign/AssignLicenses.tsx';
import { ShownEffect } from '../../parts/assign/EffectPreview.tsx';
import { RemoveLicenses } from '../../parts/assign/RemoveLicenses.tsx';
import { useDeletionPreview } from '../../parts/assign/use-change-previews.ts';
import { ConfirmDialog } from '../../parts/ConfirmDialog.tsx';
import { Refusal } from '../../parts/Refusal.tsx';
import { useSession } from '../../session/use-session.ts';
import { useFormat } from '../../text/use-format.ts';
import type { UserData } from './user-data.ts';

const useStyles = makeStyles({
  // Below the buttons, which stay where they are.
  status: {
    position: 'absolute',
    top: '100%',
    right: 0,
    whiteSpace: 'nowrap',
    '@media (max-width: 40rem)': { position: 'static', whiteSpace: 'normal' },
  },
});

/** What can be done with a user: assign, remove, reprocess, delete. */
export function UserMenu({ user }: { readonly user: UserData }) {
  const styles = useStyles();
  const { t } = useTranslation('user');
  const { t: ofUsers } = useTranslation('users');
  const mayDo = useMay();
  const [open, setOpen] = useState<'assign' | 'remove' | 'delete'>();
  const reprocess = useChange((client) => client.send('POST', `/v1.0/users/${user.id}/reprocessLicenseAssignment`));
  const close = () => setOpen(undefined);
  const target = { kind: 'users', userIds: [user.id] } as const;
  return (
    <>
      {mayDo(may.licenseUsers) && (
        <>
          <Button appearance="primary" icon={<Add20Regular />} onClick={() => setOpen('assign')}>
            {ofUsers('assign')}
          </Button>
          <Button onClick={() => setOpen('remove')}>{ofUsers('remove')}</Button>
        </>
      )}
      {mayDo(may.reprocessUsers) && (
        <Button
          appearance="subtle"
          icon={<ArrowSync20Regular />}
          // The keyboard stays where it is while the server works.
          disabledFocusable={reprocess.isPending}
          title={t('reprocessHint')}
          onClick={() => reprocess.mutate()}
        >
          {t('reprocess')}
        </Button>
      )}
      {mayDo(may.deleteUsers) && (
        <Button appearance="subtle" icon={<Delete20Regular />} onClick={() => setOpen('delete')}>
          {t('delete')}
        </Button>
      )}
      <Caption1 role="status" className={styles.status}>
        {reprocess.isSuccess && t('reprocessed')}
      </Caption1>
      <Refusal error={reprocess.error} />
      <AssignLicenses target={target} open={open === 'assign'} onClose={close} />
      <RemoveLicenses target={target} open={open === 'remove'} onClose={close} />
      {open === 'delete' && <DeleteUser user={user} onClose={close} />}
    </>
  );
}

function DeleteUser({ user, onClose }: { readonly user: UserData; readonly onClose: () => void }) {
  const { t } = useTranslation('user');
  const { client } = useSession();
  const { list } = useFormat();
  const { productName } = useProducts();
  const navigate = useNavigate();
  const preview = useDeletionPreview([user.id]);
  const products = user.assignedLicenses.map(({ skuId }) => productName(skuId));
  return (
    <ConfirmDialog
      title={t('deleteTitle', { name: user.displayName })}
      confirm={t('delete')}
      open
      onClose={onClose}
      isReady={preview.isReady}
      run={() => client.send('DELETE', `/v1.0/users/${user.id}`)}
      // Unless the person has gone on by then.
      afterwards={() => void (location.pathname.endsWith(user.id) && navigate({ to: '/users', ignoreBlocker: true }))}
    >
      <Text>{t('deleteHint')}</Text>
      {preview.isAsked ? (
        <ShownEffect preview={preview} />
      ) : (
        <Text>{products.length === 0 ? t('deleteNone') : t('deleteLicenses', { products: list(products) })}</Text>
      )}
    </ConfirmDialog>
  );
}
