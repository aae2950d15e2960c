import type { ExclusionData, RequirementData } from '@allot/engine';
import { sql } from 'kysely';
import type { Handle } from '../handle.ts';

export interface Rules {
  readonly exclusions: readonly ExclusionData[];
  /** In this order the requirements of one plan are tested. */
  readonly requirements: readonly RequirementData[];
}

/** Makes a rule set (L-21) be exactly these rules. */
export async function replaceRules(trx: Handle, tenantId: string, ruleSet: string, rules: Rules): Promise<void> {
  await sql`delete from allot.exclusion_set where tenant_id = ${tenantId} and rule_set = ${ruleSet}`.execute(trx);
  await sql`delete from allot.requirement where tenant_id = ${tenantId} and rule_set = ${ruleSet}`.execute(trx);
  await sql`
    insert into allot.exclusion_set (tenant_id, rule_set, name, plans)
    select ${tenantId}, ${ruleSet}, r.name, r.plans
    from jsonb_to_recordset(${JSON.stringify(rules.exclusions)}::jsonb) as r (name text, plans uuid[])
  `.execute(trx);
  await sql`
    insert into allot.requirement (tenant_id, rule_set, plan_id, ordinal, any_of)
    select ${tenantId}, ${ruleSet}, r.plan, row_number() over (), r."anyOf"
    from jsonb_to_recordset(${JSON.stringify(rules.requirements)}::jsonb) as r (plan uuid, "anyOf" uuid[])
  `.execute(trx);
}
