import { useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { may, useMay } from '../../api/use-permissions.ts';
import { PageTitle } from '../../parts/PageTitle.tsx';
import { Tabs } from '../../parts/Tabs.tsx';
import { ApplicationsTab } from './applications/ApplicationsTab.tsx';
import { OrganizationTab } from './organization/OrganizationTab.tsx';
import { PeopleTab } from './people/PeopleTab.tsx';

/** How the organization is set, who administers it, and which applications may ask. */
export function Settings() {
  const { t } = useTranslation('settings');
  const mayDo = useMay();
  const { tab = 'organization' } = useSearch({ from: '/settings' });
  const navigate = useNavigate({ from: '/settings' });
  const tabs = [
    'organization' as const,
    ...(mayDo(may.readAccounts) ? ['people' as const] : []),
    ...(mayDo(may.readApplications) ? ['applications' as const] : []),
  ];
  return (
    <>
      <PageTitle title={t('title')} />
      <Tabs
        label={t('title')}
        tabs={tabs.map((id) => ({ id, name: t(id) }))}
        selected={tab}
        onSelect={(id) => void navigate({ search: id === 'organization' ? {} : { tab: id } })}
      >
        {tab === 'people' ? <PeopleTab /> : tab === 'applications' ? <ApplicationsTab /> : <OrganizationTab />}
      </Tabs>
    </>
  );
}
