import type { RuleProperty } from '@allot/contract';

/** What may stand where somebody is writing. */
export interface Completions {
  /** Offset in the rule from which `options` replace what is written before the caret. */
  readonly from: number;
  readonly options: readonly Completion[];
}

export interface Completion {
  readonly text: string;
  readonly kind: 'property' | 'operator' | 'value' | 'link';
}

const optionsMax = 60;
const operatorAtEnd = /-(?:eq|ne|in|notIn|le|ge|match|notMatch|contains|notContains|(?:not)?(?:starts|ends)With)$/i;
const valueAtEnd = /(?:["'\])]|\b(?:true|false|null|system\.now)|\bP\d+[DMY])$/i;

/**
 * Completes a membership rule at the caret, by what stands before it.
 * @param caret offset in UTF-16 units, as a text area tells it
 */
export function completeRule(rule: string, caret: number, properties: readonly RuleProperty[]): Completions {
  const before = rule.slice(0, caret);
  const word = /[-\w.]*$/.exec(before)?.[0] ?? '';
  const from = caret - word.length;
  if (isInQuotes(before)) return { from, options: [] };
  const possible = possibleAfter(before.slice(0, from).trimEnd(), properties);
  const wanted = word.toLowerCase();
  const options = possible.filter(({ text }) => matches(text.toLowerCase(), wanted) && text !== word);
  return { from, options: options.slice(0, optionsMax) };
}

/** With or without what all begin with: `user.` and the hyphen. */
const matches = (text: string, wanted: string): boolean =>
  text.startsWith(wanted) || text.replace(/^(?:user\.|assignedPlan\.|group\.|-)/i, '').includes(wanted);

function possibleAfter(before: string, properties: readonly RuleProperty[]): readonly Completion[] {
  const all = [...properties, ...properties.flatMap(({ elements }) => elements)];
  const named = (name: string) => all.find((property) => property.name.toLowerCase() === name.toLowerCase());
  const last = /[\w.]+$/.exec(before)?.[0];
  const property = last === undefined ? undefined : named(last);
  if (property) {
    return [...property.quantifiers.map((one) => `${one} (`), ...property.operators].map(kindOf('operator'));
  }
  const compared = operatorAtEnd.test(before) ? /([\w.]+)\s+-\w+$/.exec(before)?.[1] : undefined;
  if (compared !== undefined) return valuesOf(named(compared)).map(kindOf('value'));
  if (valueAtEnd.test(before)) return ['-and', '-or'].map(kindOf('link'));
  return [...inside(before, all, properties).map(({ name }) => ({ text: name, kind: 'property' }) as const), not];
}

const kindOf =
  (kind: Completion['kind']) =>
  (text: string): Completion => ({ text, kind });

const not: Completion = { text: '-not', kind: 'link' };

const valuesOf = (property: RuleProperty | undefined): readonly string[] => {
  if (property?.type === 'boolean') return ['true', 'false'];
  return property?.type === 'date' ? ['system.now', 'system.now -plus P30D', 'system.now -minus P30D'] : ['null'];
};

/** Properties of a user, or of an element where the parentheses of a collection are open. */
function inside(
  before: string,
  all: readonly RuleProperty[],
  properties: readonly RuleProperty[],
): readonly RuleProperty[] {
  const collection = /([\w.]+)\s+-(?:any|all)\s*\(([^()]*)$/i.exec(before)?.[1]?.toLowerCase();
  return all.find(({ name }) => name.toLowerCase() === collection)?.elements ?? properties;
}

function isInQuotes(before: string): boolean {
  const plain = before.replaceAll('`"', '').replaceAll("''", '');
  let open = '';
  for (const character of plain) {
    if (open === '' && (character === '"' || character === "'")) open = character;
    else if (character === open) open = '';
  }
  return open !== '';
}
