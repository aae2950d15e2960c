import { Dialog } from '@fluentui/react-components';
import { type ComponentProps, useState } from 'react';
import { DiscardQuestion } from './form/DiscardQuestion.tsx';
import { useUnsaved } from './form/use-unsaved.ts';

/** A dialog that is not closed by Escape or a click beside it while it is busy, and not unasked when something was filled in. */
export function AskingDialog({
  open,
  isBusy,
  isChanged,
  onClose,
  children,
}: {
  readonly open: boolean;
  readonly isBusy: boolean;
  /** Something was filled in, and would be lost with the dialog. */
  readonly isChanged: boolean;
  readonly onClose: () => void;
  /** The surface. */
  readonly children: ComponentProps<typeof Dialog>['children'];
}) {
  const [isAsking, setAsking] = useState(false);
  // While it is being saved nobody is asked: the page may be left by that.
  useUnsaved(open && isChanged && !isBusy);
  const close = () => {
    setAsking(false);
    onClose();
  };
  return (
    <>
      <Dialog
        open={open}
        onOpenChange={(_, data) => {
          if (data.open || isBusy) return;
          if (isChanged) setAsking(true);
          else close();
        }}
      >
        {children}
      </Dialog>
      {open && isAsking && <DiscardQuestion keep={() => setAsking(false)} discard={close} />}
    </>
  );
}
