import { sql } from 'kysely';
import type { Handle } from '../handle.ts';

export interface TenantRow {
  readonly tenantId: string;
  readonly displayName: string;
  readonly initialDomain: string;
  readonly createdAt: Date;
  readonly defaultUsageLocation: string | null;
}

export async function selectTenant(db: Handle, tenantId: string): Promise<TenantRow | undefined> {
  const { rows } = await sql<TenantRow>`
    select tenant_id as "tenantId", display_name as "displayName", initial_domain as "initialDomain",
           created_at as "createdAt", default_usage_location as "defaultUsageLocation"
    from allot.tenant where tenant_id = ${tenantId}
  `.execute(db);
  return rows[0];
}
