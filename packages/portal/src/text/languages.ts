/** The languages of the portal, each in its own words. */
export const languages = [
  { id: 'en', name: 'English' },
  { id: 'fr', name: 'Français' },
  { id: 'nl', name: 'Nederlands' },
  { id: 'zh-Hant', name: '繁體中文' },
] as const;

export type Language = (typeof languages)[number]['id'];
