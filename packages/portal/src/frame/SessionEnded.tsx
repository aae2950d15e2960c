import { Button, makeStyles, Text, tokens } from '@fluentui/react-components';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useSessionEnd } from '../session/session-end.ts';

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
  inner: { display: 'flex', flexDirection: 'column', alignItems: 'start', gap: tokens.spacingVerticalL },
});

/** Stands above the page when the sign-in has ended: after a new one, the same address is shown again. */
export function SessionEnded() {
  const styles = useStyles();
  const { t } = useTranslation('frame');
  const hasEnded = useSessionEnd();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (hasEnded && dialog.current?.open === false) dialog.current.showModal();
  }, [hasEnded]);
  if (!hasEnded) return null;
  // The browser's own dialog, which is there without a script more.
  return (
    <dialog ref={dialog} className={styles.dialog} aria-labelledby="session-ended">
      <div className={styles.inner}>
        <Text id="session-ended" weight="semibold" size={500}>
          {t('sessionEnded')}
        </Text>
        <Text>{t('sessionEndedHint')}</Text>
        <Button appearance="primary" autoFocus onClick={() => location.reload()}>
          {t('signInAgain')}
        </Button>
      </div>
    </dialog>
  );
}
