import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { texts } from './en/index.ts';

type Known = keyof typeof texts.properties;
type KnownOfUsers = keyof typeof texts.profile;

/** Says what a property of the audit log is called; one that has no words of its own by its name. */
export function usePropertyName(): (property: string) => string {
  const { t, i18n } = useTranslation(['properties', 'profile']);
  return useCallback(
    (property: string) => {
      const key = property.replaceAll('.', '_');
      // `as`: exists() says so, to everybody but the compiler.
      if (i18n.exists(key, { ns: 'properties' })) return t(key as Known);
      // What the profile of a user calls it.
      return i18n.exists(key, { ns: 'profile' }) ? t(`profile:${key as KnownOfUsers}`) : property;
    },
    [t, i18n],
  );
}
