import { Caption1, makeStyles, Skeleton, SkeletonItem, tokens } from '@fluentui/react-components';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { memo, useDeferredValue } from 'react';
import { useTranslation } from 'react-i18next';
import { useRead } from '../../api/use-api.ts';
import { LinkButton } from '../../parts/LinkButton.tsx';
import { PageTitle } from '../../parts/PageTitle.tsx';
import { Problem } from '../../parts/Problem.tsx';
import { Tabs } from '../../parts/Tabs.tsx';
import { HistoryTab } from './history/HistoryTab.tsx';
import { LicensesTab } from './licenses/LicensesTab.tsx';
import { ProfileTab } from './profile/ProfileTab.tsx';
import { userTabs } from './routes.ts';
import { type UserData, userPath } from './user-data.ts';
import { UserMenu } from './UserMenu.tsx';

const useStyles = makeStyles({
  quiet: { color: tokens.colorNeutralForeground3 },
});

const tabNames = { licenses: 'tabLicenses', profile: 'tabProfile', history: 'tabHistory' } as const;
const panels = { licenses: memo(LicensesTab), profile: memo(ProfileTab), history: memo(HistoryTab) } as const;

export function User() {
  const styles = useStyles();
  const { t } = useTranslation(['user', 'deleted']);
  const { userId } = useParams({ from: '/users/$userId' });
  const { tab = 'licenses' } = useSearch({ from: '/users/$userId' });
  // The tab is marked at once; what it shows may take longer to draw, and follows.
  const shown = useDeferredValue(tab);
  const navigate = useNavigate({ from: '/users/$userId' });
  const { data: user, error, refetch } = useRead<UserData>(userPath(userId));
  if (error) {
    return (
      <>
        <PageTitle title={user?.displayName ?? t('user')} />
        <Problem error={error} retry={() => void refetch()}>
          <LinkButton to="/users">{t('toUsers')}</LinkButton>
          <LinkButton to="/users" search={{ deleted: true }}>
            {t('deleted:usersTitle')}
          </LinkButton>
        </Problem>
      </>
    );
  }
  if (user === undefined) {
    return (
      <Skeleton aria-label={t('loading')}>
        <SkeletonItem size={40} />
      </Skeleton>
    );
  }
  const Panel = panels[shown];
  return (
    <>
      <PageTitle title={user.displayName} actions={<UserMenu user={user} />} />
      <Caption1 className={styles.quiet}>{user.userPrincipalName}</Caption1>
      <Tabs
        label={t('parts')}
        tabs={userTabs.map((id) => ({ id, name: t(tabNames[id]) }))}
        selected={tab}
        onSelect={(id) => void navigate({ search: { tab: id } })}
      >
        <Panel key={user.id} user={user} />
      </Tabs>
    </>
  );
}
