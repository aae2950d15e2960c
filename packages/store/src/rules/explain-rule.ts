import type { RuleCondition } from '@allot/engine';
import { type RawBuilder, sql } from 'kysely';
import type { Handle } from '../handle.ts';
import { rulePropertyOf } from './rule-properties.ts';

/**
 * What parts of a rule say of one user.
 * @param tests over `u`, each true or false
 */
export async function evaluateParts(
  db: Handle,
  tenantId: string,
  userNo: number,
  tests: readonly RawBuilder<boolean>[],
): Promise<readonly boolean[]> {
  const { rows } = await sql<{ results: boolean[] }>`
    select array[${sql.join(tests)}] as results from allot.directory_user u
    where u.tenant_id = ${tenantId} and u.user_no = ${userNo}
  `.execute(db);
  return rows[0]?.results ?? [];
}

/** What a user has for the property that a comparison reads, as text; collections as JSON; null: nothing. */
export async function valuesCompared(
  db: Handle,
  tenantId: string,
  userNo: number,
  names: readonly string[],
): Promise<ReadonlyMap<string, string | null>> {
  if (!names.length) return new Map();
  const values = names.map((name) => {
    const { value } = rulePropertyOf(name);
    return sql`case when jsonb_typeof(to_jsonb(${value})) = 'string' then ${value}::text else to_jsonb(${value})::text end`;
  });
  const { rows } = await sql<{ values: (string | null)[] }>`
    select array[${sql.join(values)}] as values from allot.directory_user u
    where u.tenant_id = ${tenantId} and u.user_no = ${userNo}
  `.execute(db);
  return new Map(names.map((name, at) => [name, rows[0]?.values[at] ?? null]));
}

/** Properties of the user that conditions read and columns keep, each once. */
export function columnsRead(conditions: readonly RuleCondition[]): readonly string[] {
  const names = conditions.flatMap((condition) => {
    if (condition.kind === 'compare') return [condition.property.name];
    return condition.kind === 'any' || condition.kind === 'all' ? [condition.collection.name] : [];
  });
  return [...new Set(names)].filter((name) => name !== 'user.assignedPlans' && name !== 'user.memberof');
}
