import { Link, MessageBar, MessageBarActions, MessageBarBody, MessageBarTitle } from '@fluentui/react-components';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../text/use-format.ts';
import { causesId } from './ErrorCauses.tsx';

/** Says first that members did not get what the group gives, and leads to why. */
export function MembersInError({ users, causes }: { readonly users: number; readonly causes: number }) {
  const { t } = useTranslation('group');
  const { number } = useFormat();
  const show = () => {
    const section = document.getElementById(causesId);
    section?.scrollIntoView({ block: 'start' });
    section?.focus({ preventScroll: true });
  };
  return (
    <MessageBar intent="error" layout="multiline">
      <MessageBarBody>
        <MessageBarTitle>{t('inErrorTitle', { count: users, formatted: number(users) })}</MessageBarTitle>
        {t('inErrorCauses', { count: causes, formatted: number(causes) })}
      </MessageBarBody>
      <MessageBarActions>
        <Link as="button" onClick={show}>
          {t('showCauses')}
        </Link>
      </MessageBarActions>
    </MessageBar>
  );
}
