import { makeStyles, Subtitle2, tokens } from '@fluentui/react-components';
import { useTranslation } from 'react-i18next';
import type { UserData } from '../user-data.ts';
import { Addresses } from './Addresses.tsx';
import { Attributes } from './Attributes.tsx';
import { GroupsOfUser } from './GroupsOfUser.tsx';
import { Manager } from './Manager.tsx';

const narrow = '@media (max-width: 64rem)';

const useStyles = makeStyles({
  title: { margin: `0 0 ${tokens.spacingVerticalS}` },
  columns: {
    display: 'grid',
    gridTemplateColumns: 'minmax(18rem, 26rem) minmax(0, 1fr)',
    gap: tokens.spacingHorizontalXXXL,
    [narrow]: { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
  column: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalXXL },
});

/** Who somebody is, as far as licensing and rules of groups read it. */
export function ProfileTab({ user }: { readonly user: UserData }) {
  const styles = useStyles();
  const { t } = useTranslation('user');
  return (
    <div className={styles.columns}>
      <div className={styles.column}>
        <Attributes user={user} />
        <Manager user={user} />
      </div>
      <div className={styles.column}>
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
