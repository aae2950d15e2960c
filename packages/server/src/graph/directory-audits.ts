import { ok, type RouteAnswer, type RouteRequest } from '../http/index.ts';
import { listAudits, readAudit } from '../operations/audit/read-audits.ts';
import { objectId } from './object-id.ts';
import { collection, contextOf } from './query/links.ts';
import { allowOptions, listRequest } from './query/options.ts';
import { readSelect } from './query/select.ts';
import { directoryAuditResource, directoryAuditType } from './resources/directory-audit-resource.ts';

/** Entries on a page at most, as in Graph. */
const pageSizeMax = 1_000;
const fragment = 'auditLogs/directoryAudits';

/** GET /auditLogs/directoryAudits */
export async function getDirectoryAudits(request: RouteRequest): Promise<RouteAnswer> {
  allowOptions(request, ['$select', '$filter', '$orderby', '$top', '$skiptoken']);
  const selection = readSelect(request.query, directoryAuditType, 'list');
  const { rows, ...page } = await listAudits(request.ctx, listRequest(request, [], 'timeAndId', pageSizeMax));
  const entries = rows.map((row) => directoryAuditResource(row, selection));
  return ok(collection(request, `${fragment}${selection.clause}`, entries, page));
}

/** GET /auditLogs/directoryAudits/{id} */
export async function getDirectoryAudit(request: RouteRequest): Promise<RouteAnswer> {
  allowOptions(request, ['$select']);
  const selection = readSelect(request.query, directoryAuditType, 'one');
  const row = await readAudit(request.ctx, objectId(request.param('id')));
  return ok({
    ...contextOf(request, `${fragment}${selection.clause}/$entity`),
    ...directoryAuditResource(row, selection),
  });
}
