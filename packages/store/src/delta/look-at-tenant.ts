import { sql } from 'kysely';
import type { Handle } from '../handle.ts';
import { countPending } from '../licensing/tenant-summary.ts';
import { currentPosition, type Position } from './position.ts';

/** What tells whether a tenant is still as it was. */
export interface TenantLook {
  readonly position: Position;
  /** Of the row of the tenant: another one after every change of its settings, its catalogue and its seats. */
  readonly version: string;
  /** Changes accepted and not settled. */
  readonly pending: number;
}

/** Some statements on indexes, whatever the size of the tenant. */
export async function lookAtTenant(db: Handle, tenantId: string): Promise<TenantLook> {
  const position = await currentPosition(db, tenantId);
  const { rows } = await sql<{ version: string }>`
    select xmin::text as version from allot.tenant where tenant_id = ${tenantId}
  `.execute(db);
  return { position, version: rows[0]?.version ?? '', pending: await countPending(db, tenantId) };
}
