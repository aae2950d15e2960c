import type { CompareOperator, Filter } from '@allot/engine';
import { type RawBuilder, sql } from 'kysely';
import { comparedAddress } from './addresses.ts';
import type { ImpliedConditions } from './compile-filter.ts';

/** What filters over users imply that an index can be asked. */
export const impliedOfUsers = (tenantId: string): ImpliedConditions => ({
  time: ({ column }, operator, time) => (column === 'created_at' ? numberedSince(tenantId, operator, time) : undefined),
  element({ column }, condition) {
    if (column !== 'proxy_addresses') return undefined;
    const address = addressCondition(condition);
    return address === undefined
      ? undefined
      : sql`u.user_no in (select a.user_no from allot.user_address a where a.tenant_id = ${tenantId} and ${address})`;
  },
});

/**
 * Invariant "numbers are the order of creation": who was created later has a greater number. PostgreSQL does not know, and would take users
 * created last to be spread over all numbers, and read nearly everybody in the order of the numbers before it finds the first one.
 */
function numberedSince(
  tenantId: string,
  operator: CompareOperator,
  time: RawBuilder<unknown>,
): RawBuilder<boolean> | undefined {
  const bound = (comparison: RawBuilder<unknown>, direction: RawBuilder<unknown>) => sql`(
    select b.user_no from allot.directory_user b where b.tenant_id = ${tenantId} and b.created_at ${comparison} ${time}
    order by b.created_at ${direction}, b.user_no ${direction} limit 1)`;
  switch (operator) {
    case 'ge':
      return sql`u.user_no >= ${bound(sql`>=`, sql`asc`)}`;
    case 'gt':
      return sql`u.user_no >= ${bound(sql`>`, sql`asc`)}`;
    case 'le':
      return sql`u.user_no <= ${bound(sql`<=`, sql`desc`)}`;
    case 'lt':
      return sql`u.user_no <= ${bound(sql`<`, sql`desc`)}`;
    case 'eq':
    case 'ne':
      return undefined;
  }
}

/**
 * What the address of a user is whose proxyAddresses satisfy the condition: `user_address` has them in small letters and without `smtp:`
 * (L-11). Undefined: it could be any.
 */
function addressCondition(condition: Filter): RawBuilder<boolean> | undefined {
  switch (condition.kind) {
    case 'and':
      return addressCondition(condition.left) ?? addressCondition(condition.right);
    case 'or': {
      const left = addressCondition(condition.left);
      const right = addressCondition(condition.right);
      return left === undefined || right === undefined ? undefined : sql`(${left} or ${right})`;
    }
    case 'compare':
      return condition.operator === 'eq' && condition.value.type === 'string'
        ? sql`a.address = ${addressOf(condition.value.value)}`
        : undefined;
    case 'in': {
      const addresses = condition.values.flatMap((value) => (value.type === 'string' ? [addressOf(value.value)] : []));
      return addresses.length === condition.values.length ? sql`a.address in (${sql.join(addresses)})` : undefined;
    }
    case 'call':
      return condition.name === 'startsWith' && condition.value.type === 'string' && !isOfType(condition.value.value)
        ? sql`starts_with(a.address, ${addressOf(condition.value.value)})`
        : undefined;
    case 'not':
    case 'any':
    case 'all':
      return undefined;
  }
}

const addressOf = (value: string): RawBuilder<unknown> => sql`${comparedAddress(value)}::text`;

/** The beginning of a type and nothing of an address yet. */
const isOfType = (beginning: string): boolean => 'smtp:'.startsWith(beginning.toLowerCase());
