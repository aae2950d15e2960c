import { MessageBar, MessageBarBody } from '@fluentui/react-components';
import { useTranslation } from 'react-i18next';
import { useIsReached } from '../api/use-live-changes.ts';

/** Tells that the server does not answer, so that nobody takes what is shown for what is. */
export function Unreachable() {
  const { t } = useTranslation('frame');
  if (useIsReached()) return null;
  return (
    <MessageBar intent="warning" layout="multiline" role="alert">
      <MessageBarBody>{t('unreachable')}</MessageBarBody>
    </MessageBar>
  );
}
