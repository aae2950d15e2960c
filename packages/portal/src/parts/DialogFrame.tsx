import {
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  makeStyles,
  tokens,
} from '@fluentui/react-components';
import type { ReactNode } from 'react';
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
  onClose,
  actions,
  children,
}: {
  readonly title: string;
  readonly open?: boolean;
  /** Escape does not close it then. */
  readonly isBusy: boolean;
  readonly onClose: () => void;
  readonly actions: ReactNode;
  readonly children: ReactNode;
}) {
  const styles = useStyles();
  return (
    <Dialog open={open} onOpenChange={(_, data) => data.open || isBusy || onClose()}>
      <DialogSurface aria-describedby={undefined} className={styles.surface}>
        <FocusBack />
        <DialogBody>
          <DialogTitle>{title}</DialogTitle>
          <DialogContent className={styles.content}>{children}</DialogContent>
          <DialogActions fluid>{actions}</DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
