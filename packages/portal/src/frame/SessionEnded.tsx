import { Button, makeStyles, Text, tokens } from '@fluentui/react-components';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useQueryClient } from '@tanstack/react-query';
import { noteReturn, useSessionEnd } from '../session/session-end.ts';
import { useSession } from '../session/use-session.ts';

const useStyles = makeStyles({
  dialog: {
    border: 'none',
    borderRadius: tokens.borderRadiusXLarge,
    boxShadow: tokens.shadow64,
    padding: tokens.spacingHorizontalXXL,
    maxWidth: '28rem',
    backgroundColor: tokens.colorNeutralBackground1,
    color: tokens.colorNeutralForeground1,
    '::backdrop': { backgroundColor: tokens.colorBackgroundOverlay },
  },
  buttons: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
  inner: { display: 'flex', flexDirection: 'column', alignItems: 'start', gap: tokens.spacingVerticalL },
});

/**
 * Stands above the page when the sign-in has ended. After a new one in a window beside it, the page goes on with what was typed; after one
 * on the page itself the same address is shown again.
 */
export function SessionEnded() {
  const styles = useStyles();
  const { t } = useTranslation('frame');
  const hasEnded = useSessionEnd();
  const { signInAgain } = useSession();
  const queries = useQueryClient();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (hasEnded && dialog.current?.open === false) dialog.current.showModal();
  }, [hasEnded]);
  if (!hasEnded) return null;
  const goOn = async () => {
    if (!(await signInAgain())) return;
    noteReturn();
    await queries.invalidateQueries();
  };
  // The browser's own dialog, which is there without a script more.
  return (
    <dialog ref={dialog} className={styles.dialog} aria-labelledby="session-ended">
      <div className={styles.inner}>
        <Text id="session-ended" weight="semibold" size={500}>
          {t('sessionEnded')}
        </Text>
        <Text>{t('sessionEndedHint')}</Text>
        <div className={styles.buttons}>
          <Button appearance="primary" autoFocus onClick={() => void goOn()}>
            {t('signInAgain')}
          </Button>
          <Button onClick={() => location.reload()}>{t('signInOnThisPage')}</Button>
        </div>
      </div>
    </dialog>
  );
}
