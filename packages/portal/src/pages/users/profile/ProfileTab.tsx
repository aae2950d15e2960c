import { makeStyles, Skeleton, SkeletonItem, Subtitle2, tokens } from '@fluentui/react-components';
import { useTranslation } from 'react-i18next';
import { Problem } from '../../../parts/Problem.tsx';
import type { UserData } from '../user-data.ts';
import { Addresses } from './Addresses.tsx';
import { GroupsOfUser } from './GroupsOfUser.tsx';
import { Manager } from './Manager.tsx';
import { useProfile } from './profile-data.ts';
import { ProfileForm } from './ProfileForm.tsx';

const narrow = '@media (max-width: 72rem)';

const useStyles = makeStyles({
  title: { margin: `0 0 ${tokens.spacingVerticalS}` },
  columns: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 3fr) minmax(0, 2fr)',
    alignItems: 'start',
    gap: `${tokens.spacingVerticalXXL} ${tokens.spacingHorizontalXXXL}`,
    [narrow]: { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
  column: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalXXL, minWidth: 0 },
});

/** Who somebody is, as far as licensing and rules of groups read it. */
export function ProfileTab({ user }: { readonly user: UserData }) {
  const styles = useStyles();
  const { t } = useTranslation('user');
  const { data: profile, error, refetch } = useProfile(user.id);
  return (
    <div className={styles.columns}>
      {error ? (
        <Problem error={error} retry={() => void refetch()} />
      ) : profile === undefined ? (
        <Skeleton aria-label={t('loading')}>
          <SkeletonItem size={128} />
        </Skeleton>
      ) : (
        <ProfileForm profile={profile} />
      )}
      <div className={styles.column}>
        <Manager user={user} />
        <Addresses user={user} />
        <section>
          <Subtitle2 as="h2" block className={styles.title}>
            {t('groups')}
          </Subtitle2>
          <GroupsOfUser userId={user.id} />
        </section>
      </div>
    </div>
  );
}
