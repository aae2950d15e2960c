import { ApiError } from '@allot/contract';
import { type Handle, type ListedTenant, listTenants } from '@allot/store';

/** The tenant that goes by this id or initial domain, also while it is being deleted. @throws ApiError 404 */
export async function findTenant(db: Handle, idOrDomain: string): Promise<ListedTenant> {
  const wanted = idOrDomain.toLowerCase();
  const tenants = await listTenants(db);
  const found =
    tenants.find(({ tenantId }) => tenantId === wanted) ??
    tenants.find(({ initialDomain }) => initialDomain.toLowerCase() === wanted);
  if (found !== undefined) return found;
  throw new ApiError(404, 'Request_ResourceNotFound', `There is no tenant '${idOrDomain}'.`, {
    advice: 'Name it by its id or domain; allot tenant list shows both.',
  });
}
