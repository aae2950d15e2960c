import { Spinner } from '@fluentui/react-components';
import { useTranslation } from 'react-i18next';
import { usePending } from '../api/use-live-changes.ts';
import { useFormat } from '../text/use-format.ts';

/** Tells that something accepted is not settled yet. */
export function Settling() {
  const { t } = useTranslation('frame');
  const { number } = useFormat();
  const pending = usePending();
  return (
    <div role="status">
      {pending > 0 && <Spinner size="tiny" label={t('settling', { count: pending, formatted: number(pending) })} />}
    </div>
  );
}
