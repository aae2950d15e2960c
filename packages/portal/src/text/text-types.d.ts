import 'i18next';
import type { texts as ofFirstPage } from './en/first-page.ts';
import type { texts as ofOtherPages } from './en/index.ts';
import type { serverWords } from './en/server-words.ts';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'frame';
    resources: typeof ofFirstPage & typeof ofOtherPages & typeof serverWords;
  }
}
