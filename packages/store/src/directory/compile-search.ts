import type { Search } from '@allot/engine';
import { type RawBuilder, sql } from 'kysely';
import type { FilterSubject } from './compile-filter.ts';
import { unknownProperty } from './compile-filter.ts';
import { compileTest } from './compile-test.ts';
import { FilterRefusal } from './filter-refusal.ts';
import { keptFolded } from './folded.ts';

/** Where words are found wherever they stand; of other properties the beginning is compared, as in Graph. */
const byWords: ReadonlySet<string> = new Set(['displayname', 'description']);

/**
 * A search as a condition over `u` or `g`. Of names and descriptions every word looked for must be the beginning of a word
 * there, in any order.
 * @throws FilterRefusal
 */
export function compileSearch(search: Search, subject: FilterSubject): RawBuilder<boolean> {
  if (search.kind !== 'clause') {
    const [left, right] = [compileSearch(search.left, subject), compileSearch(search.right, subject)];
    return search.kind === 'and' ? sql`(${left} and ${right})` : sql`(${left} or ${right})`;
  }
  const { property = 'displayName', text } = search;
  const attribute = subject.attributes.get(property.toLowerCase());
  if (attribute === undefined) throw unknownProperty(property, subject.typeName);
  const { usual, advanced, column, type } = attribute;
  if (type !== 'string' || column === null || ![...usual, ...advanced].includes('startsWith'))
    throw new FilterRefusal('unsupported', `'${attribute.name}' cannot be searched.`);
  const value = sql.ref(`${subject.alias}.${column}`);
  // Unknown where nothing of the text is a word, or there is no name: nobody is found. Written so that the index is asked.
  if (byWords.has(attribute.name.toLowerCase()))
    return sql`${sql.ref(`${subject.alias}.${column}_words`)} @@ allot.word_query(${text}::text)`;
  return compileTest({ attribute, value, folded: keptFolded(subject.alias, column) }, 'startsWith', [
    { type: 'string', value: text, at: 0, end: 0 },
  ]);
}
