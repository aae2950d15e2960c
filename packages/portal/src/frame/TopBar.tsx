import { Button, makeStyles, Subtitle2, tokens } from '@fluentui/react-components';
import { Navigation20Regular } from '@fluentui/react-icons';
import { useTranslation } from 'react-i18next';
import { PageLink } from '../parts/LinkButton.tsx';
import { useSession } from '../session/use-session.ts';
import { AccountButton } from './AccountButton.tsx';
import { SearchBox } from './SearchBox.tsx';
import { Settling } from './Settling.tsx';

const useStyles = makeStyles({
  bar: {
    gridArea: 'bar',
    display: 'flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalM,
    minWidth: 0,
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalM}`,
  },
  name: {
    display: 'flex',
    flexDirection: 'column',
    minWidth: '12rem',
    '@media (max-width: 52rem)': { minWidth: 0, flexShrink: 0, maxWidth: '8rem' },
  },
  menu: { '@media (min-width: 52.01rem)': { display: 'none' } },
  search: { flexGrow: 1, flexShrink: 1, minWidth: 0, display: 'flex', justifyContent: 'center' },
});

export function TopBar({
  toggleNavigation,
  isNavigationOpen,
}: {
  readonly toggleNavigation: () => void;
  readonly isNavigationOpen: boolean;
}) {
  const styles = useStyles();
  const { t } = useTranslation('frame');
  const { config } = useSession();
  return (
    <header className={styles.bar}>
      <Button
        className={styles.menu}
        appearance="subtle"
        icon={<Navigation20Regular />}
        aria-label={t('openNavigation')}
        aria-expanded={isNavigationOpen}
        aria-controls="navigation"
        onClick={toggleNavigation}
      />
      <div className={styles.name}>
        <PageLink to="/" appearance="subtle">
          <Subtitle2>{t('product')}</Subtitle2>
        </PageLink>
        <span>{config.organization}</span>
      </div>
      <div className={styles.search}>
        <SearchBox />
      </div>
      <Settling />
      <AccountButton />
    </header>
  );
}
