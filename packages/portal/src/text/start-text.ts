import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { type Language, languages } from './languages.ts';

const languageKey = 'allot.language';

type Load = () => Promise<{ readonly texts: object }>;

/** Two scripts for each language: what is said first, and what every other page says. */
const loaders: Readonly<Record<Language, { readonly first: Load; readonly others: Load }>> = {
  en: { first: () => import('./en/first-page.ts'), others: () => import('./en/index.ts') },
  fr: { first: () => import('./fr/first-page.ts'), others: () => import('./fr/index.ts') },
  nl: { first: () => import('./nl/first-page.ts'), others: () => import('./nl/index.ts') },
  'zh-Hant': { first: () => import('./zh-hant/first-page.ts'), others: () => import('./zh-hant/index.ts') },
};

/** Whether any page has been opened that needs the others. */
let areOthersNeeded = false;

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
  const { first, others } = loaders[language];
  await Promise.all([add(language, first), ...(areOthersNeeded ? [add(language, others)] : [])]);
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
}

async function add(language: Language, load: Load): Promise<void> {
  const { texts } = await load();
  for (const [page, words] of Object.entries(texts)) i18next.addResourceBundle(language, page, words, true, true);
}

/** What pages other than the first say; a page is drawn when it is there. A browser loads it once. */
export async function loadPageTexts(): Promise<void> {
  areOthersNeeded = true;
  await add(languageNow(), loaders[languageNow()].others);
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
