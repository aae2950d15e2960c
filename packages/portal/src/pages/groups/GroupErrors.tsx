import { useNavigate, useSearch } from '@tanstack/react-router';
import { useDeferredValue } from 'react';
import { useTranslation } from 'react-i18next';
import { PageTitle } from '../../parts/PageTitle.tsx';
import { Tabs } from '../../parts/Tabs.tsx';
import { GroupsInError } from './errors/GroupsInError.tsx';
import { UsersInError } from './errors/UsersInError.tsx';

/** What keeps users from their licenses: through groups, and as assigned directly. */
export function GroupErrors() {
  const { t } = useTranslation('group');
  const { tab = 'groups' } = useSearch({ from: '/group-errors' });
  // The tab is marked at once; what it shows may take longer to draw, and follows.
  const shown = useDeferredValue(tab);
  const navigate = useNavigate({ from: '/group-errors' });
  return (
    <>
      <PageTitle title={t('errorsTitle')} />
      <Tabs
        label={t('errorTabs')}
        tabs={[
          { id: 'groups', name: t('errorGroups') },
          { id: 'users', name: t('errorUsers') },
        ]}
        selected={tab}
        onSelect={(id) => void navigate({ search: id === 'users' ? { tab: 'users' } : {} })}
      >
        {shown === 'users' ? <UsersInError /> : <GroupsInError />}
      </Tabs>
    </>
  );
}
