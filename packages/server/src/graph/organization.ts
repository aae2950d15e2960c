import { ok, type RouteAnswer, type RouteRequest } from '../http/index.ts';
import { readOrganization } from '../operations/directory/read-organization.ts';
import { notFound } from '@allot/contract';
import { collection, contextOf } from './query/links.ts';
import { allowOptions } from './query/options.ts';
import { organizationResource } from './resources/organization-resource.ts';

/** GET /organization: a list of one */
export async function getOrganizations(request: RouteRequest): Promise<RouteAnswer> {
  allowOptions(request, ['$select', '$top']);
  return ok(collection(request, 'organization', [organizationResource(await readOrganization(request.ctx))]));
}

/** GET /organization/{id} */
export async function getOrganization(request: RouteRequest): Promise<RouteAnswer> {
  allowOptions(request, ['$select']);
  const organization = organizationResource(await readOrganization(request.ctx));
  if (organization.id !== request.param('id').toLowerCase()) throw notFound(request.param('id'));
  return ok({ ...contextOf(request, 'organization/$entity'), ...organization });
}
