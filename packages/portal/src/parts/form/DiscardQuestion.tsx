import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
} from '@fluentui/react-components';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

/** Asks whether what is typed and not saved may be lost. Escape goes on with it. */
export function DiscardQuestion({ keep, discard }: { readonly keep: () => void; readonly discard: () => void }) {
  const { t } = useTranslation('form');
  const [before] = useState(() => document.activeElement);
  const stay = () => {
    keep();
    // Once the question is gone: it does not let the keyboard out.
    setTimeout(() => before instanceof HTMLElement && before.focus(), 0);
  };
  return (
    <Dialog open modalType="alert" onOpenChange={(_, { open }) => open || stay()}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{t('discardTitle')}</DialogTitle>
          <DialogContent>{t('discardText')}</DialogContent>
          <DialogActions fluid>
            {/* The first has the keyboard. */}
            <Button appearance="primary" onClick={stay}>
              {t('keepEditing')}
            </Button>
            <Button onClick={discard}>{t('discard')}</Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
