import 'i18next';
import type { texts } from './en/index.ts';
import type { serverWords } from './en/server-words.ts';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'frame';
    resources: typeof texts & typeof serverWords;
  }
}
