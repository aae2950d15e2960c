import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { texts } from './en/first-page.ts';

/** Of a role as the server has it. */
interface RoleNamed {
  readonly displayName: string;
  readonly description?: string;
}

type Known = Exclude<keyof typeof texts.roles, `about_${string}`>;

/** Says what a role is called and what it opens; one that has no words here in the server's. */
export function useRoleWords(): (role: RoleNamed) => { readonly name: string; readonly about: string } {
  const { t, i18n } = useTranslation('roles');
  return useCallback(
    ({ displayName, description = '' }) => {
      if (!i18n.exists(displayName, { ns: 'roles' })) return { name: displayName, about: description };
      // `as`: exists() says so, to everybody but the compiler.
      const known = displayName as Known;
      return { name: t(known), about: t(`about_${known}`) };
    },
    [t, i18n],
  );
}
