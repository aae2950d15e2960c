import { Button, Menu, MenuItem, MenuList, MenuPopover, MenuTrigger, Text } from '@fluentui/react-components';
import { MoreHorizontal20Regular } from '@fluentui/react-icons';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { may, useMay } from '../../../api/use-permissions.ts';
import { ConfirmDialog } from '../../../parts/ConfirmDialog.tsx';
import { useSession } from '../../../session/use-session.ts';
import { AssignRoleDialog } from './AssignRoleDialog.tsx';
import type { Account, AccountWithLink, RoleDefinition } from './people-data.ts';

type Action = 'role' | 'link' | 'disable' | 'enable' | 'delete';

/** What can be done about somebody's account. */
export function PersonMenu({
  account,
  roles,
  showLink,
}: {
  readonly account: Account;
  readonly roles: readonly RoleDefinition[];
  readonly showLink: (account: AccountWithLink) => void;
}) {
  const { t } = useTranslation('settings');
  const mayDo = useMay();
  const [open, setOpen] = useState<Action>();
  const mayChange = mayDo(may.changeAccounts);
  const actions: readonly Action[] = [
    ...(mayDo(may.changeRoles) ? ['role' as const] : []),
    ...(mayChange ? (['link', account.enabled ? 'disable' : 'enable', 'delete'] as const) : []),
  ];
  if (actions.length === 0) return null;
  const close = () => setOpen(undefined);
  return (
    <>
      <Menu>
        <MenuTrigger disableButtonEnhancement>
          <Button
            appearance="subtle"
            icon={<MoreHorizontal20Regular />}
            aria-label={t('actionsFor', { name: account.displayName })}
          />
        </MenuTrigger>
        <MenuPopover>
          <MenuList>
            {actions.map((action) => (
              <MenuItem key={action} onClick={() => setOpen(action)}>
                {t(`${action}Person`)}
              </MenuItem>
            ))}
          </MenuList>
        </MenuPopover>
      </Menu>
      {open === 'role' && (
        <AssignRoleDialog
          roles={roles}
          person={{ kind: 'user', id: account.id, displayName: account.displayName }}
          close={close}
        />
      )}
      {open !== undefined && open !== 'role' && (
        <AccountDialog account={account} action={open} close={close} showLink={showLink} />
      )}
    </>
  );
}

function AccountDialog({
  account,
  action,
  close,
  showLink,
}: {
  readonly account: Account;
  readonly action: Exclude<Action, 'role'>;
  readonly close: () => void;
  readonly showLink: (account: AccountWithLink) => void;
}) {
  const { t } = useTranslation('settings');
  const { client } = useSession();
  const path = `/allot/v1/accounts/${account.id}`;
  const run = async () => {
    if (action === 'delete') await client.send('DELETE', path);
    if (action === 'disable' || action === 'enable') {
      await client.send('PATCH', path, { enabled: action === 'enable' });
    }
    if (action === 'link') {
      const linked = await client.send<AccountWithLink>('POST', `${path}/link`);
      if (linked) showLink(linked);
    }
  };
  return (
    <ConfirmDialog
      title={`${t(`${action}Person`)}: ${account.displayName}`}
      confirm={t(`${action}Confirm`)}
      open
      onClose={close}
      run={run}
    >
      <Text>{t(`${action}Text`, { name: account.displayName })}</Text>
    </ConfirmDialog>
  );
}
