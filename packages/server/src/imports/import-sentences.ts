import type { ImportSentence, ImportSentenceCode } from '@allot/contract';
import { fillIn, type FillingsOf } from '@allot/engine';

/** What imports say of the form of any file, and of a product list. Problems end with what to do. */
export const importSentences = {
  fileEmpty: 'the file is empty: its first line must name the columns',
  notUtf8: 'has characters that are not UTF-8: save the file as UTF-8 (in Excel: "CSV UTF-8") and import it again',
  nulCharacter:
    'has a NUL character: if the file is UTF-16, save it as UTF-8 (in Excel: "CSV UTF-8"), otherwise remove the character',
  surplusCells:
    'the row has {{cells}} cells and the first line names {{columns}} columns: put a cell that contains the delimiter in quotes',
  quoteNotClosed:
    'the quote opened here is never closed, so the rows up to line {{line}} cannot be read: close it, or double it ("") if it belongs to the text',
  quoteInCell: 'has a quote inside a cell that is not in quotes: put the cell in quotes and double the quote ("")',
  quotesEndEarly:
    'has a cell whose quotes, opened on line {{opened}}, end in the middle of it on line {{line}}: close the quotes, or double a quote that belongs to the text ("")',
  rowTooLong: 'the row is longer than {{max}} characters: shorten it',
  rowTooLongInQuotes:
    'the row is longer than {{max}} characters: shorten it; perhaps the quote opened on line {{opened}} is not closed',
  tooManyCells: 'the row has more than {{max}} cells: this is not a table for import',
  tooManyRows: 'the list has more than {{max}} rows: this is not a product list',
  columnMissing: "this column is missing: take the CSV file of Microsoft's product list as it is downloaded",
  cellEmpty: 'is empty: fill it in or remove the row',
  cellTooLong: 'has {{length}} characters and at most {{max}} are allowed: shorten it',
  notGuid: '"{{value}}" is not a GUID: take the row from Microsoft\'s list again',
  readAsWindows1252: 'is not UTF-8 and was read as Windows-1252',
  blanksRemoved: 'stray blanks removed: "{{value}}"',
  rowTwice: 'says the same product and plan as line {{line}}: counted once',
  partNumberShared:
    '{{partNumber}} is also the part number of product {{product}}: these are two products, told apart by GUID',
  productCalledOtherwise: 'product {{id}} is called "{{here}}" here and "{{used}}" elsewhere: "{{used}}" is used',
  planCalledOtherwise: 'plan {{id}} is called "{{here}}" here and "{{used}}" elsewhere: "{{used}}" is used',
  moreProblems: '{{count}} more problems are not listed: correct those that are, and import again',
} as const satisfies Record<ImportSentenceCode, string>;

/** A sentence in English and as data: made here only, so that both say the same. */
export interface Said {
  readonly text: string;
  readonly sentence: ImportSentence;
}

export const say = <Code extends ImportSentenceCode>(
  code: Code,
  fillings: FillingsOf<(typeof importSentences)[Code]>,
): Said => ({ text: fillIn(importSentences[code], fillings), sentence: { code, arguments: fillings } });

/** @param said what is wrong there; problems of users and groups are told in English only */
export const problemAt = (line: number, column: string, { text, sentence }: Said) => ({
  line,
  column,
  problem: text,
  sentence,
});
