import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { type Language, languages } from './languages.ts';

const languageKey = 'allot.language';

/** One script for each language, with the texts of every page. */
const loaders: Readonly<Record<Language, () => Promise<{ readonly texts: object }>>> = {
  en: () => import('./en/index.ts'),
  fr: () => import('./fr/index.ts'),
  nl: () => import('./nl/index.ts'),
  'zh-Hant': () => import('./zh-hant/index.ts'),
};

/** Texts in the language that the person chose, or else the first of the browser's that there is. */
export async function startText(): Promise<void> {
  await i18next.use(initReactI18next).init({
    resources: {},
    fallbackLng: 'en',
    ns: [],
    defaultNS: 'frame',
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  await chooseLanguage(languageNow());
}

async function chooseLanguage(language: Language): Promise<void> {
  const { texts } = await loaders[language]();
  for (const [page, words] of Object.entries(texts)) i18next.addResourceBundle(language, page, words, true, true);
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
}

/** Speaks this language from now on, and the next time, too. */
export async function keepLanguage(language: Language): Promise<void> {
  localStorage.setItem(languageKey, language);
  await chooseLanguage(language);
}

function languageNow(): Language {
  const wanted = [localStorage.getItem(languageKey) ?? [], ...navigator.languages].flat();
  for (const one of wanted) {
    const found = languages.find(({ id }) => id === one || id === languageOf(one));
    if (found !== undefined) return found.id;
  }
  return 'en';
}

/** `fr-BE` is French; Chinese as written in Taiwan, Hong Kong and Macao is traditional. */
const languageOf = (tag: string): string => {
  const { language, script } = new Intl.Locale(tag).maximize();
  return language === 'zh' ? `zh-${script}` : language;
};
