import { sql } from 'kysely';
import type { Handle } from '../handle.ts';

export interface NewTenant {
  readonly tenantId: string;
  readonly displayName: string;
  readonly initialDomain: string;
  /** ISO 3166 alpha-2, upper case. */
  readonly defaultUsageLocation: string | null;
}

/** Another tenant has the initial domain. */
export function isDomainTaken(error: unknown): boolean {
  return error instanceof Error && 'constraint' in error && error.constraint === 'tenant_initial_domain';
}

/** Within a transaction across tenants: nobody can work for a tenant before it is there. */
export async function insertTenant(trx: Handle, tenant: NewTenant): Promise<void> {
  await sql`
    insert into allot.tenant (tenant_id, display_name, initial_domain, default_usage_location)
    values (${tenant.tenantId}, ${tenant.displayName}, ${tenant.initialDomain}, ${tenant.defaultUsageLocation})
  `.execute(trx);
}
