import { notFound } from '@allot/contract';
import { selectTenant, type TenantRow } from '@allot/store';
import type { Context } from '../context.ts';

/** The caller's tenant. @throws ApiError 404 when it is gone */
export async function readOrganization(ctx: Context): Promise<TenantRow> {
  const tenant = await selectTenant(ctx.db, ctx.tenantId);
  if (tenant === undefined) throw notFound(ctx.tenantId);
  return tenant;
}
