import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import {
  BoxMultiple20Regular,
  Home20Regular,
  Library20Regular,
  People20Regular,
  PeopleError20Regular,
  PeopleTeam20Regular,
  Settings20Regular,
  TextBulletListSquareClock20Regular,
} from '@fluentui/react-icons';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';

const useStyles = makeStyles({
  list: { listStyleType: 'none', margin: 0, padding: tokens.spacingHorizontalS },
  link: {
    display: 'flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalM,
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalM}`,
    borderRadius: tokens.borderRadiusMedium,
    color: tokens.colorNeutralForeground1,
    textDecorationLine: 'none',
    fontSize: tokens.fontSizeBase300,
    ':hover': { backgroundColor: tokens.colorNeutralBackground2Hover },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}` },
  },
  active: {
    backgroundColor: tokens.colorNeutralBackground1Selected,
    fontWeight: tokens.fontWeightSemibold,
    // Bold alone does not tell where one is when the colors are the system's.
    '@media (forced-colors: active)': {
      forcedColorAdjust: 'none',
      backgroundColor: 'Highlight',
      color: 'HighlightText',
    },
  },
});

/** In the order of how often they are looked at. */
const pages = [
  { to: '/', text: 'overview', Icon: Home20Regular },
  { to: '/products', text: 'products', Icon: BoxMultiple20Regular },
  { to: '/groups', text: 'groups', Icon: PeopleTeam20Regular },
  { to: '/group-errors', text: 'groupErrors', Icon: PeopleError20Regular },
  { to: '/users', text: 'users', Icon: People20Regular },
  { to: '/audit', text: 'audit', Icon: TextBulletListSquareClock20Regular },
  { to: '/catalogue', text: 'catalogue', Icon: Library20Regular },
  { to: '/settings', text: 'settings', Icon: Settings20Regular },
] as const;

export function Navigation({ className, close }: { readonly className: string; readonly close: () => void }) {
  const styles = useStyles();
  const { t } = useTranslation('frame');
  return (
    <nav aria-label={t('navigation')} className={className} id="navigation">
      <ul className={styles.list}>
        {pages.map(({ to, text, Icon }) => (
          <li key={to}>
            <Link
              to={to}
              activeOptions={{ exact: to === '/' }}
              className={styles.link}
              activeProps={{ className: mergeClasses(styles.link, styles.active) }}
              onClick={close}
            >
              <Icon />
              {t(text)}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
