import {
  Button,
  Caption1,
  Divider,
  Menu,
  MenuGroup,
  MenuGroupHeader,
  MenuItem,
  MenuItemRadio,
  MenuList,
  MenuPopover,
  MenuTrigger,
  makeStyles,
  Text,
  tokens,
} from '@fluentui/react-components';
import { useTranslation } from 'react-i18next';
import { leaveBy } from '../parts/form/use-unsaved.ts';
import { useMe } from '../api/use-permissions.ts';
import { useSession } from '../session/use-session.ts';
import { languages } from '../text/languages.ts';
import { useRoleWords } from '../text/use-role-words.ts';
import { keepLanguage } from '../text/start-text.ts';
import { accountButton, Initials } from './Initials.tsx';
import { type ThemeChoice, useTheme } from './use-theme.ts';

const useStyles = makeStyles({
  who: { display: 'flex', flexDirection: 'column', padding: tokens.spacingHorizontalM, maxWidth: '20rem' },
});

const themes: readonly { readonly id: ThemeChoice; readonly text: 'themeSystem' | 'themeLight' | 'themeDark' }[] = [
  { id: 'system', text: 'themeSystem' },
  { id: 'light', text: 'themeLight' },
  { id: 'dark', text: 'themeDark' },
];

/** Who is signed in, and what is theirs to choose: language, appearance, and when to go. */
export function AccountMenu() {
  const styles = useStyles();
  const { t, i18n } = useTranslation('frame');
  const { data: me } = useMe();
  const { choice, choose } = useTheme();
  const { signOut } = useSession();
  const roleWords = useRoleWords();
  const roles = [...new Set((me?.roles ?? []).map((role) => roleWords(role).name))];
  return (
    <Menu
      // It was asked for by the button that it now stands for.
      defaultOpen
      checkedValues={{ language: [i18n.language], theme: [choice] }}
      onCheckedValueChange={(_, { name, checkedItems: [picked] }) => {
        const language = languages.find(({ id }) => id === picked);
        const theme = themes.find(({ id }) => id === picked);
        if (name === 'language' && language) void keepLanguage(language.id);
        if (name === 'theme' && theme) choose(theme.id);
      }}
    >
      <MenuTrigger disableButtonEnhancement>
        <Button {...accountButton} aria-label={t('account')} icon={<Initials name={me?.displayName ?? ''} />} />
      </MenuTrigger>
      <MenuPopover>
        <div className={styles.who}>
          <Text weight="semibold">{me?.displayName}</Text>
          <Caption1>{me?.userPrincipalName}</Caption1>
          <Caption1>{roles.length > 0 ? roles.join(' · ') : me && t('noRole')}</Caption1>
        </div>
        <Divider />
        <MenuList>
          <MenuGroup>
            <MenuGroupHeader>{t('language')}</MenuGroupHeader>
            {languages.map(({ id, name }) => (
              <MenuItemRadio key={id} name="language" value={id} lang={id}>
                {name}
              </MenuItemRadio>
            ))}
          </MenuGroup>
          <MenuGroup>
            <MenuGroupHeader>{t('theme')}</MenuGroupHeader>
            {themes.map(({ id, text }) => (
              <MenuItemRadio key={id} name="theme" value={id}>
                {t(text)}
              </MenuItemRadio>
            ))}
          </MenuGroup>
          <Divider />
          <MenuItem onClick={() => leaveBy(() => void signOut())}>{t('signOut')}</MenuItem>
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}
