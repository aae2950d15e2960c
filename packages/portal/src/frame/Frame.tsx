import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { Outlet } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLiveChanges } from '../api/use-live-changes.ts';
import { useMe } from '../api/use-permissions.ts';
import { LeavingQuestion } from './LeavingQuestion.tsx';
import { Navigation } from './Navigation.tsx';
import { NoRole } from './NoRole.tsx';
import { SessionEnded } from './SessionEnded.tsx';
import { TopBar } from './TopBar.tsx';
import { Unreachable } from './Unreachable.tsx';

const narrow = '@media (max-width: 52rem)';

const useStyles = makeStyles({
  frame: {
    display: 'grid',
    gridTemplate: '"bar bar" auto "navigation content" 1fr / 14rem minmax(0, 1fr)',
    height: '100vh',
    backgroundColor: tokens.colorNeutralBackground2,
    [narrow]: { gridTemplate: '"bar" auto "content" 1fr / minmax(0, 1fr)' },
  },
  skip: {
    position: 'absolute',
    transform: 'translateY(-200%)',
    padding: tokens.spacingHorizontalM,
    backgroundColor: tokens.colorNeutralBackground1,
    zIndex: 10,
    ':focus': { transform: 'none' },
  },
  navigation: {
    gridArea: 'navigation',
    overflowY: 'auto',
    [narrow]: { display: 'none' },
  },
  shown: {
    [narrow]: {
      display: 'block',
      gridArea: 'content',
      zIndex: 5,
      backgroundColor: tokens.colorNeutralBackground2,
    },
  },
  content: {
    gridArea: 'content',
    overflow: 'auto',
    backgroundColor: tokens.colorNeutralBackground1,
    borderTopLeftRadius: tokens.borderRadiusXLarge,
    padding: `${tokens.spacingVerticalL} ${tokens.spacingHorizontalXXL}`,
    outlineStyle: 'none',
    [narrow]: { padding: tokens.spacingHorizontalM, borderTopLeftRadius: 0 },
  },
});

/** What is around every page. */
export function Frame() {
  const styles = useStyles();
  const { t } = useTranslation('frame');
  const [isOpen, setOpen] = useState(false);
  const content = useRef<HTMLElement>(null);
  const { data: me } = useMe();
  useLiveChanges();
  return (
    <div className={styles.frame} onKeyDown={({ key }) => key === 'Escape' && setOpen(false)}>
      {/* Addresses are relative to the portal's, so that the browser would leave the page for '#content'. */}
      <a
        href="#content"
        className={styles.skip}
        onClick={(event) => {
          event.preventDefault();
          content.current?.focus();
        }}
      >
        {t('skipToContent')}
      </a>
      <TopBar toggleNavigation={() => setOpen(!isOpen)} isNavigationOpen={isOpen} />
      <Navigation className={mergeClasses(styles.navigation, isOpen && styles.shown)} close={() => setOpen(false)} />
      <main ref={content} id="content" className={styles.content} tabIndex={-1}>
        <Unreachable />
        {me?.roles.length === 0 ? <NoRole name={me.displayName} /> : <Outlet />}
      </main>
      <LeavingQuestion />
      <SessionEnded />
    </div>
  );
}
