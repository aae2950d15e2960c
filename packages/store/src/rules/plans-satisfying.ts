import type { RuleCondition } from '@allot/engine';
import { sql } from 'kysely';
import type { Handle } from '../handle.ts';
import { compileElement } from './compile-rule.ts';

/** A plan that users have, as `assignedPlans` shows it. */
export interface PlanOfUser {
  readonly planId: string;
  readonly service: string;
  readonly capabilityStatus: 'Enabled' | 'Suspended';
}

/** For each plan which of the conditions it satisfies. */
export async function plansSatisfying(
  db: Handle,
  plans: readonly PlanOfUser[],
  conditions: readonly RuleCondition[],
): Promise<readonly (readonly boolean[])[]> {
  if (!plans.length || !conditions.length) return [];
  const tests = conditions.map((condition) =>
    compileElement(condition, (name) => {
      switch (name) {
        case 'assignedPlan.servicePlanId':
          return sql`p.plan_id`;
        case 'assignedPlan.service':
          return sql`p.service`;
        case 'assignedPlan.capabilityStatus':
          return sql`p.status`;
        default:
          throw new Error(`'${name}' is no property of an assigned plan`);
      }
    }),
  );
  const { rows } = await sql<{ satisfied: boolean[] }>`
    select array[${sql.join(tests)}] as satisfied
    from unnest(${plans.map(({ planId }) => planId)}::text[], ${plans.map(({ service }) => service)}::text[],
                ${plans.map(({ capabilityStatus }) => capabilityStatus)}::text[])
      with ordinality as p (plan_id, service, status, place)
    order by p.place
  `.execute(db);
  return rows.map(({ satisfied }) => satisfied);
}
