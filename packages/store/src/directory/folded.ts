import { type RawBuilder, sql } from 'kysely';

/**
 * A text column of users or groups in small letters, for comparing without case. Where an index is asked it is a column of its own:
 * under a policy no index of `lower(…)` is used (0014-row-level-security.sql).
 */
export function folded(alias: 'u' | 'g' | 'a' | 's' | 'e', column: string): RawBuilder<unknown> {
  const name = `${alias}.${column}`;
  return kept.has(name) ? sql.ref(`${name}_folded`) : sql`lower(${sql.ref(name)})`;
}

const kept: ReadonlySet<string> = new Set(['u.user_principal_name', 'u.display_name', 'u.mail', 'g.display_name']);
