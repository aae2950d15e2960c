import { ApiError } from '@allot/contract';
import type { Query } from '../../http/index.ts';

/** What `$expand` asks for: one navigation property, and what of the objects it leads to. */
export interface Expansion<Name extends string> {
  readonly name: Name;
  /** Options inside its parentheses, as in a query: `$select`, `$levels`. */
  readonly options: Readonly<Record<string, string>>;
}

/**
 * What `$expand` asks for; names compare without case.
 * @param names navigation properties that the type has here
 * @throws ApiError 400
 */
export function readExpand<Name extends string>(query: Query, names: readonly Name[]): readonly Expansion<Name>[] {
  const text = query.get('$expand');
  if (text === undefined || text.trim() === '') return [];
  const expansions = split(text, ',').map((item) => readItem(item.trim(), names));
  if (new Set(expansions.map(({ name }) => name)).size < expansions.length)
    throw invalidExpand('a property is named twice.');
  return expansions;
}

function readItem<Name extends string>(item: string, names: readonly Name[]): Expansion<Name> {
  const [, written = '', inside] = /^([A-Za-z]+)(?:\((.*)\))?$/s.exec(item) ?? [];
  const name = names.find((known) => known.toLowerCase() === written.toLowerCase());
  if (name === undefined) throw invalidExpand(`'${item.slice(0, 80)}' is not one of ${names.join(', ')}.`);
  const options: Record<string, string> = {};
  for (const option of inside === undefined ? [] : split(inside, ';')) {
    const [, key = '', value = ''] = /^\s*\$?([A-Za-z]+)\s*=(.*)$/s.exec(option) ?? [];
    if (!['select', 'levels'].includes(key.toLowerCase()))
      throw invalidExpand(`'${option.slice(0, 80)}' cannot stand in its parentheses, only $select and $levels.`);
    options[`$${key.toLowerCase()}`] = value.trim();
  }
  return { name, options };
}

/** Cuts a text at a character, but not inside parentheses. */
function split(text: string, at: string): readonly string[] {
  const parts = [''];
  let depth = 0;
  for (const character of text) {
    if (character === '(') depth += 1;
    if (character === ')') depth -= 1;
    if (character === at && depth === 0) parts.push('');
    else parts.push(`${parts.pop() ?? ''}${character}`);
  }
  return parts;
}

const invalidExpand = (problem: string): ApiError =>
  new ApiError(400, 'BadRequest', `Parsing OData Select and Expand failed: ${problem}`, {
    advice: 'Write $expand=members($select=id,displayName).',
  });

/** How many managers above each other `$levels` asks for. @throws ApiError 400 */
export function readLevels({ options }: Expansion<string>, max: number): number {
  const text = options['$levels']?.toLowerCase();
  if (text === undefined) return 1;
  if (text === 'max') return max;
  const levels = /^\d{1,4}$/.test(text) ? Number(text) : 0;
  if (levels < 1) throw invalidExpand(`$levels is 'max' or a number, not '${text.slice(0, 80)}'.`);
  return Math.min(levels, max);
}
