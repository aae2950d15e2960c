import { Button } from '@fluentui/react-components';
import { useTranslation } from 'react-i18next';
import { useMe } from '../api/use-permissions.ts';
import { accountButton, Initials } from './Initials.tsx';
import { useLoaded } from './use-loaded.ts';

const loadMenu = async () => (await import('./AccountMenu.tsx')).AccountMenu;

/** The way to the menu of one's account, which is loaded when it is opened for the first time. */
export function AccountButton() {
  const { t } = useTranslation('frame');
  const { data: me } = useMe();
  const [Menu, ask] = useLoaded(loadMenu);
  if (Menu !== undefined) return <Menu />;
  return (
    <Button
      {...accountButton}
      aria-label={t('account')}
      aria-haspopup="menu"
      aria-expanded={false}
      icon={<Initials name={me?.displayName ?? ''} />}
      onClick={ask}
    />
  );
}
