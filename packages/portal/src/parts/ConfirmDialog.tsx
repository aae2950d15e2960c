import { Button, makeStyles } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useChange } from '../api/use-change.ts';
import { DialogFrame } from './DialogFrame.tsx';
import { Refusal } from './Refusal.tsx';

/**
 * The rest of the page is hidden from screen readers while a dialog is open, and uncovered a moment after the focus is back in it.
 * A page that is left before would stay hidden.
 */
const uncoverMs = 300;

const useStyles = makeStyles({ agreement: { flexGrow: 1, alignSelf: 'center' } });

/** Says what a change will do, and does it when the person agrees. Stays open, with the reason, when the server refuses. */
export function ConfirmDialog({
  title,
  confirm,
  open,
  onClose,
  run,
  afterwards,
  isReady = true,
  isChanged,
  agreement,
  children,
}: {
  readonly title: string;
  /** What the button says: what it does, not "OK". */
  readonly confirm: string;
  readonly open: boolean;
  readonly onClose: () => void;
  readonly run: () => Promise<unknown>;
  /** Once it is done and the dialog is gone, such as to go to another page. */
  readonly afterwards?: () => void;
  readonly isReady?: boolean;
  /** Something was filled in, and would be lost with the dialog. */
  readonly isChanged?: boolean;
  /** What must be agreed to; beside the buttons, so that nobody has to look for what keeps them from it. */
  readonly agreement?: ReactNode;
  readonly children: ReactNode;
}) {
  const styles = useStyles();
  const { t } = useTranslation('parts');
  const change = useChange(run);
  const close = () => {
    change.reset();
    onClose();
  };
  const finish = () => {
    close();
    if (afterwards === undefined) return;
    setTimeout(() => {
      document.getElementById('content')?.focus();
      setTimeout(afterwards, uncoverMs);
    }, 0);
  };
  return (
    <DialogFrame
      title={title}
      open={open}
      isBusy={change.isPending}
      isChanged={isChanged}
      onClose={close}
      actions={
        <>
          {agreement && <div className={styles.agreement}>{agreement}</div>}
          <Button disabled={change.isPending} onClick={close}>
            {t('cancel')}
          </Button>
          <Button
            appearance="primary"
            disabled={!isReady || change.isPending}
            onClick={() => change.mutate(undefined, { onSuccess: finish })}
          >
            {confirm}
          </Button>
        </>
      }
    >
      {children}
      <Refusal error={change.error} />
    </DialogFrame>
  );
}
