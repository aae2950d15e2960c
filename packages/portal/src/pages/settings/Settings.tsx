import { makeStyles, Tab, TabList, tokens } from '@fluentui/react-components';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { may, useMay } from '../../api/use-permissions.ts';
import { PageTitle } from '../../parts/PageTitle.tsx';
import { ApplicationsTab } from './applications/ApplicationsTab.tsx';
import { OrganizationTab } from './organization/OrganizationTab.tsx';
import { PeopleTab } from './people/PeopleTab.tsx';

const useStyles = makeStyles({
  tabs: { overflowX: 'auto', margin: `${tokens.spacingVerticalS} 0 ${tokens.spacingVerticalL} -10px` },
});

/** How the organization is set, who administers it, and which applications may ask. */
export function Settings() {
  const styles = useStyles();
  const { t } = useTranslation('settings');
  const mayDo = useMay();
  const { tab = 'organization' } = useSearch({ from: '/settings' });
  const navigate = useNavigate({ from: '/settings' });
  const go = (value: unknown) =>
    void navigate({ search: value === 'people' || value === 'applications' ? { tab: value } : {} });
  return (
    <>
      <PageTitle title={t('title')} />
      <TabList className={styles.tabs} selectedValue={tab} onTabSelect={(_, { value }) => go(value)}>
        <Tab value="organization">{t('organization')}</Tab>
        {mayDo(may.readAccounts) && <Tab value="people">{t('people')}</Tab>}
        {mayDo(may.readApplications) && <Tab value="applications">{t('applications')}</Tab>}
      </TabList>
      {tab === 'people' ? <PeopleTab /> : tab === 'applications' ? <ApplicationsTab /> : <OrganizationTab />}
    </>
  );
}
