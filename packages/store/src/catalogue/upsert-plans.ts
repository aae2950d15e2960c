import type { PlanData } from '@allot/engine';
import { sql } from 'kysely';
import type { Handle } from '../handle.ts';

/** Makes these plans be as told; other plans stay as they are. One statement, whatever their number. */
export async function upsertPlans(trx: Handle, tenantId: string, plans: readonly PlanData[]): Promise<void> {
  if (!plans.length) return;
  await sql`
    insert into allot.plan (tenant_id, plan_id, name, display_name, service, applies_to, mailbox, deny, allow)
    select ${tenantId}::uuid, p.* from jsonb_to_recordset(${JSON.stringify(plans)}::jsonb)
      as p ("planId" uuid, name text, "displayName" text, service text, "appliesTo" text, mailbox boolean, deny text[], allow text[])
    on conflict (tenant_id, plan_id) do update set
      name = excluded.name, display_name = excluded.display_name, service = excluded.service,
      applies_to = excluded.applies_to, mailbox = excluded.mailbox, deny = excluded.deny, allow = excluded.allow
  `.execute(trx);
}
