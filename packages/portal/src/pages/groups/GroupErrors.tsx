import { makeStyles, Tab, TabList, tokens } from '@fluentui/react-components';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useDeferredValue } from 'react';
import { useTranslation } from 'react-i18next';
import { PageTitle } from '../../parts/PageTitle.tsx';
import { GroupsInError } from './errors/GroupsInError.tsx';
import { UsersInError } from './errors/UsersInError.tsx';

const useStyles = makeStyles({
  tabs: { margin: `${tokens.spacingVerticalS} 0 ${tokens.spacingVerticalM} -${tokens.spacingHorizontalM}` },
});

/** What keeps users from their licenses: through groups, and as assigned directly. */
export function GroupErrors() {
  const { t } = useTranslation('group');
  const styles = useStyles();
  const { tab = 'groups' } = useSearch({ from: '/group-errors' });
  // The tab is marked at once; what it shows may take longer to draw, and follows.
  const shown = useDeferredValue(tab);
  const navigate = useNavigate({ from: '/group-errors' });
  return (
    <>
      <PageTitle title={t('errorsTitle')} />
      <TabList
        className={styles.tabs}
        aria-label={t('errorTabs')}
        selectedValue={tab}
        onTabSelect={(_, { value }) => void navigate({ search: value === 'users' ? { tab: 'users' } : {} })}
      >
        <Tab value="groups" id="tab-groups" aria-controls={tab === 'groups' ? 'tab-panel' : undefined}>
          {t('errorGroups')}
        </Tab>
        <Tab value="users" id="tab-users" aria-controls={tab === 'users' ? 'tab-panel' : undefined}>
          {t('errorUsers')}
        </Tab>
      </TabList>
      <div role="tabpanel" id="tab-panel" aria-labelledby={`tab-${shown}`}>
        {shown === 'users' ? <UsersInError /> : <GroupsInError />}
      </div>
    </>
  );
}
