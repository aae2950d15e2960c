import { Button, Text } from '@fluentui/react-components';
import { useTranslation } from 'react-i18next';
import { Notice } from '../parts/Notice.tsx';
import { PageTitle } from '../parts/PageTitle.tsx';
import { useSession } from '../session/use-session.ts';

/** What somebody sees who may sign in and do nothing yet. */
export function NoRole({ name }: { readonly name: string }) {
  const { t } = useTranslation('frame');
  const { config, choice, signOut } = useSession();
  const organization = config.organization;
  return (
    <>
      <PageTitle title={t('noRoleTitle')} />
      {choice.kind === 'external' ? (
        <Notice
          title={t('noRoleWelcome', { name })}
          text={t('noRoleExternal', { organization, issuer: new URL(choice.authority).host })}
        >
          <Text>{t('noRoleExternalThen')}</Text>
          <Button appearance="primary" onClick={() => void signOut()}>
            {t('signOut')}
          </Button>
        </Notice>
      ) : (
        <Notice title={t('noRoleWelcome', { name })} text={t('noRoleHint', { organization })}>
          <Text>{t('noRoleThen')}</Text>
          <Button appearance="primary" onClick={() => location.reload()}>
            {t('lookAgain')}
          </Button>
          <Button onClick={() => void signOut()}>{t('signOut')}</Button>
        </Notice>
      )}
    </>
  );
}
