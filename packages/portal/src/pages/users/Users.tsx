import { Button } from '@fluentui/react-components';
import { Add20Regular } from '@fluentui/react-icons';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { may, useMay } from '../../api/use-permissions.ts';
import { LinkButton } from '../../parts/LinkButton.tsx';
import { DeletedItems } from '../../parts/DeletedItems.tsx';
import { PageTitle } from '../../parts/PageTitle.tsx';
import { CreateUser } from './CreateUser.tsx';
import { UsersInError } from './UsersInError.tsx';
import { UserTable } from './UserTable.tsx';

/** Users: all of them with filters, only those in error, or those who are deleted. */
export function Users() {
  const { t } = useTranslation(['users', 'deleted']);
  const search = useSearch({ from: '/users' });
  const navigate = useNavigate({ from: '/users' });
  const mayChange = useMay()(may.changeUsers);
  const [isCreating, setCreating] = useState(false);
  if (search.deleted) {
    return (
      <>
        <PageTitle
          title={t('deleted:usersTitle')}
          actions={<LinkButton to="/users">{t('deleted:allUsers')}</LinkButton>}
        />
        <DeletedItems kind="user" />
      </>
    );
  }
  return (
    <>
      <PageTitle
        title={t('title')}
        actions={
          <>
            {mayChange && (
              <Button appearance="primary" icon={<Add20Regular />} onClick={() => setCreating(true)}>
                {t('create')}
              </Button>
            )}
            <LinkButton to="/users" search={{ deleted: true }} appearance="subtle">
              {t('deleted:usersTitle')}
            </LinkButton>
          </>
        }
      />
      {search.error ? <UsersInError /> : <UserTable />}
      {isCreating && (
        <CreateUser
          onClose={() => setCreating(false)}
          onCreated={(userId) => void navigate({ to: '/users/$userId', params: { userId } })}
        />
      )}
    </>
  );
}
