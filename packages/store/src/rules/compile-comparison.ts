import {
  type Duration,
  operators,
  parseInstant,
  type RuleComparison,
  type RuleValue,
  toPostgresPattern,
} from '@allot/engine';
import { type RawBuilder, sql } from 'kysely';

type Test = RawBuilder<boolean>;
type Value = RawBuilder<unknown>;

/**
 * One comparison of a rule: true or false, never null. An empty text is as good as none, and what is missing satisfies exactly the operators
 * that are the opposite of another one, as the engine's table of operators says.
 */
export function compileComparison(property: Value, { operator, value }: RuleComparison): Test {
  const known = operators[operator];
  const negates = 'negates' in known ? known.negates : undefined;
  const positive = negates ?? operator;
  const holds =
    value.type === 'null' ? isMissing(property) : sql<boolean>`coalesce(${test(property, positive, value)}, false)`;
  return negates === undefined ? holds : sql<boolean>`(not ${holds})`;
}

const isMissing = (property: Value): Test => sql<boolean>`(nullif(${property}::text, '') is null)`;

/** An operator that is no opposite of another one; null where the property is. */
function test(property: Value, operator: string, value: RuleValue): Test {
  if (value.type === 'boolean') return sql<boolean>`(${property}::text = ${String(value.value)})`;
  if (value.type === 'date' || value.type === 'now') return compareInstants(property, operator, instantOf(value));
  return compareTexts(sql`lower(nullif(${property}::text, ''))`, property, operator, value);
}

function compareTexts(lowered: Value, property: Value, operator: string, value: RuleValue): Test {
  if (operator === 'match') return sql<boolean>`(nullif(${property}::text, '') ~* ${toPostgresPattern(textOf(value))})`;
  if (operator === 'in') {
    const values = value.type === 'list' ? value.values : [value];
    return sql<boolean>`(${lowered} in (${sql.join(values.map((one) => sql`lower(${textOf(one)}::text)`))}))`;
  }
  const other = sql`lower(${textOf(value)}::text)`;
  switch (operator) {
    case 'eq':
      return sql<boolean>`(${lowered} = ${other})`;
    case 'startsWith':
      return sql<boolean>`starts_with(${lowered}, ${other})`;
    case 'endsWith':
      return sql<boolean>`(right(${lowered}, length(${other})) = ${other})`;
    case 'contains':
      return sql<boolean>`(strpos(${lowered}, ${other}) > 0)`;
    default:
      throw new Error(`-${operator} does not compare texts`);
  }
}

function compareInstants(property: Value, operator: string, other: Value): Test {
  switch (operator) {
    case 'eq':
      return sql<boolean>`(${property} = ${other})`;
    case 'le':
      return sql<boolean>`(${property} <= ${other})`;
    case 'ge':
      return sql<boolean>`(${property} >= ${other})`;
    default:
      throw new Error(`-${operator} does not compare instants`);
  }
}

/** Days and months are those of UTC, whatever the time zone of the session. */
function instantOf(value: RuleValue): Value {
  if (value.type === 'now') {
    if (value.moved === undefined) return sql`now()`;
    const { sign, by } = value.moved;
    const moved = sign === 'plus' ? sql`+ ${intervalOf(by)}` : sql`- ${intervalOf(by)}`;
    return sql`((now() at time zone 'UTC' ${moved}) at time zone 'UTC')`;
  }
  const instant = value.type === 'date' ? parseInstant(value.value) : undefined;
  if (instant === undefined) throw new Error(`a ${value.type} is no instant`);
  return sql`${new Date(instant).toISOString()}::timestamptz`;
}

export const intervalOf = ({ years, months, days, hours, minutes, seconds }: Duration): Value =>
  sql`make_interval(years => ${years}::int, months => ${months}::int, days => ${days}::int, hours => ${hours}::int,
    mins => ${minutes}::int, secs => ${seconds}::int)`;

function textOf(value: RuleValue): string {
  if (value.type === 'string' || value.type === 'date') return value.value;
  if (value.type === 'number' || value.type === 'boolean') return String(value.value);
  throw new Error(`a ${value.type} is no text`);
}
