import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
} from '@fluentui/react-components';
import { useTranslation } from 'react-i18next';
import { FocusBack } from './FocusBack.tsx';
import { ShownOnce } from './ShownOnce.tsx';

/** Shows a link or secret after it was made; it is closed by its button only, so that no stray click loses it. */
export function ShownOnceDialog({
  title,
  label,
  value,
  warning,
  close,
}: {
  readonly title: string;
  readonly label: string;
  readonly value: string;
  readonly warning: string;
  readonly close: () => void;
}) {
  const { t } = useTranslation('parts');
  return (
    <Dialog open modalType="alert">
      <DialogSurface aria-describedby={undefined}>
        <FocusBack />
        <DialogBody>
          <DialogTitle>{title}</DialogTitle>
          <DialogContent>
            <ShownOnce label={label} value={value} warning={warning} />
          </DialogContent>
          <DialogActions>
            <Button appearance="primary" onClick={close}>
              {t('close')}
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
