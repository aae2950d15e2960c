import type { SentenceArguments } from './sentence-arguments.ts';

/** What an import of the product list says of a file: what is wrong with it, and what was put right or is to be known. */
export const importSentenceCodes = [
  'fileEmpty',
  'notUtf8',
  'nulCharacter',
  'surplusCells',
  'quoteNotClosed',
  'quoteInCell',
  'quotesEndEarly',
  'rowTooLong',
  'rowTooLongInQuotes',
  'tooManyCells',
  'tooManyRows',
  'columnMissing',
  'cellEmpty',
  'cellTooLong',
  'notGuid',
  'readAsWindows1252',
  'blanksRemoved',
  'rowTwice',
  'partNumberShared',
  'productCalledOtherwise',
  'planCalledOtherwise',
  'moreProblems',
] as const;

export type ImportSentenceCode = (typeof importSentenceCodes)[number];

/** Which sentence a problem or a note is, for whoever says it in another language than the English one beside it. */
export interface ImportSentence {
  readonly code: ImportSentenceCode;
  readonly arguments: SentenceArguments;
}
