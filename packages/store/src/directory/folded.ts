import { type RawBuilder, sql } from 'kysely';

/**
 * A text column of users or groups in small letters, where that is kept in a column of its own, of which an index is asked: under a policy
 * no index of `lower(…)` is (0014-row-level-security.sql). It is '' where there is no text, and compares by bytes.
 */
export function keptFolded(alias: 'u' | 'g' | 'a' | 's' | 'e', column: string): RawBuilder<unknown> | undefined {
  const name = `${alias}.${column}`;
  return kept.has(name) ? sql.ref(`${name}_folded`) : undefined;
}

const kept: ReadonlySet<string> = new Set([
  ...[
    'user_principal_name',
    'display_name',
    'mail',
    'mail_nickname',
    'given_name',
    'surname',
    'job_title',
    'department',
    'employee_id',
    'city',
    'state',
    'country',
    'usage_location',
    'user_type',
  ].map((column) => `u.${column}`),
  'g.display_name',
]);

/** Columns that every row has a value in. */
export const isRequired = (column: string): boolean => required.has(column);

const required: ReadonlySet<string> = new Set([
  'id',
  'created_at',
  'display_name',
  'user_principal_name',
  'mail_nickname',
  'user_type',
  'account_enabled',
  'mail_enabled',
  'security_enabled',
]);
