import { notFound } from '@allot/contract';
import { auditEntries, type AuditRow, findAudit, selectAudits } from '@allot/store';
import type { Context } from '../context.ts';
import { invalidClause, type ListAnswer, type ListRequest, readCondition } from '../directory/list-request.ts';

export type { AuditRow } from '@allot/store';

/** One page of the audit log (L-29), newest first unless asked otherwise. @throws ApiError 400 */
export async function listAudits(ctx: Context, request: ListRequest): Promise<ListAnswer<AuditRow>> {
  const page = await selectAudits(ctx.db, ctx.tenantId, {
    // Graph's audit log takes every filter without the header of advanced queries.
    condition: readCondition({ ...request, advanced: true }, auditEntries),
    descending: isDescending(request.orderBy),
    after: request.after,
    limit: request.top,
  });
  return { ...page, count: undefined };
}

/** @throws ApiError 404 */
export async function readAudit(ctx: Context, id: string): Promise<AuditRow> {
  const row = await findAudit(ctx.db, ctx.tenantId, id);
  if (!row) throw notFound(id);
  return row;
}

function isDescending(orderBy = 'activityDateTime desc'): boolean {
  const direction = /^\s*activityDateTime(?:\s+(asc|desc))?\s*$/i.exec(orderBy);
  if (direction === null) {
    throw invalidClause('orderby', `Entries come in the order of activityDateTime, not '${orderBy.slice(0, 200)}'.`);
  }
  return direction[1]?.toLowerCase() === 'desc';
}
