import { ok, type RouteAnswer, type RouteRequest } from '../http/index.ts';
import { readOrganization } from '../operations/directory/read-organization.ts';
import { notFound, organizationProperties } from '@allot/contract';
import { collection, contextOf } from './query/links.ts';
import { allowOptions } from './query/options.ts';
import { pick, readSelect, selectable } from './query/select.ts';
import { organizationResource } from './resources/organization-resource.ts';

const organizationType = selectable('microsoft.graph.organization', organizationProperties);

/** GET /organization: a list of one */
export async function getOrganizations(request: RouteRequest): Promise<RouteAnswer> {
  allowOptions(request, ['$select', '$top']);
  const selection = readSelect(request.query, organizationType, 'list');
  const organization = organizationResource(await readOrganization(request.ctx));
  return ok(collection(request, `organization${selection.clause}`, [pick(organization, selection)]));
}

/** GET /organization/{id} */
export async function getOrganization(request: RouteRequest): Promise<RouteAnswer> {
  allowOptions(request, ['$select']);
  const selection = readSelect(request.query, organizationType, 'one');
  const organization = organizationResource(await readOrganization(request.ctx));
  if (organization.id !== request.param('id').toLowerCase()) throw notFound(request.param('id'));
  return ok({ ...contextOf(request, `organization${selection.clause}/$entity`), ...pick(organization, selection) });
}
