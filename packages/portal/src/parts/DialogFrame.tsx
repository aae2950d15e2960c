import {
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  makeStyles,
  tokens,
} from '@fluentui/react-components';
import type { ReactNode } from 'react';
import { AskingDialog } from './AskingDialog.tsx';
import { FocusBack } from './FocusBack.tsx';

const useStyles = makeStyles({
  surface: { maxWidth: 'min(44rem, 100%)' },
  // In a column that scrolls, bars would give their height away.
  content: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM, '> *': { flexShrink: 0 } },
});

/** A dialog with a title, what is to be read or filled in, and buttons. */
export function DialogFrame({
  title,
  open = true,
  isBusy,
  isChanged = false,
  onClose,
  actions,
  children,
}: {
  readonly title: string;
  readonly open?: boolean;
  /** Escape does not close it then. */
  readonly isBusy: boolean;
  /** Something was filled in: neither Escape nor a click beside it loses that unasked. */
  readonly isChanged?: boolean | undefined;
  readonly onClose: () => void;
  readonly actions: ReactNode;
  readonly children: ReactNode;
}) {
  const styles = useStyles();
  return (
    <AskingDialog open={open} isBusy={isBusy} isChanged={isChanged} onClose={onClose}>
      <DialogSurface aria-describedby={undefined} className={styles.surface}>
        <FocusBack />
        <DialogBody>
          <DialogTitle>{title}</DialogTitle>
          <DialogContent className={styles.content}>{children}</DialogContent>
          <DialogActions fluid>{actions}</DialogActions>
        </DialogBody>
      </DialogSurface>
    </AskingDialog>
  );
}
