import { type Catalogue, prepareCatalogue, prepareWorld, type World, withBundles } from '@allot/engine';
import { type Handle, loadBundles, loadCatalogue, loadTenant, type TenantSettings } from '@allot/store';
import { ApiError } from '@allot/contract';

/** Everything beside users that decides about licenses, as settled. */
export interface TenantWorld {
  readonly tenant: TenantSettings;
  readonly world: World;
  /** Groups whose bundle is not empty. */
  readonly licensedGroupIds: readonly string[];
}

/** Tenants whose prepared world a process keeps; a large catalogue takes about 2 MB. */
const WORLDS_MAX = 64;

const prepared = new Map<string, TenantWorld>();

/** The tenant's world, prepared at most once for each revision. */
export async function loadTenantWorld(db: Handle, tenantId: string): Promise<TenantWorld> {
  const tenant = await loadTenant(db, tenantId);
  if (!tenant) throw new ApiError(404, 'Request_ResourceNotFound', `Tenant '${tenantId}' does not exist.`);
  const known = prepared.get(tenantId);
  const sameCatalogue =
    known?.tenant.catalogueRevision === tenant.catalogueRevision && known.tenant.ruleSet === tenant.ruleSet;
  if (known && sameCatalogue && known.tenant.worldRevision === tenant.worldRevision) return { ...known, tenant };

  const catalogue =
    known && sameCatalogue
      ? known.world.catalogue
      : prepareCatalogue(await loadCatalogue(db, tenantId, tenant.ruleSet));
  const made = tenantWorld(tenant, await worldOf(db, tenant, catalogue));
  rememberWorld(made);
  return made;
}

const worldOf = async (db: Handle, tenant: TenantSettings, catalogue: Catalogue): Promise<World> =>
  prepareWorld(catalogue, await loadBundles(db, tenant.tenantId, 'settled'), tenant.keepUntilReplaced);

/** Keeps a world that was just committed, so that the next change need not prepare it. */
export function rememberWorld(world: TenantWorld): void {
  prepared.delete(world.tenant.tenantId);
  prepared.set(world.tenant.tenantId, world);
  const [oldest] = prepared.keys();
  if (prepared.size > WORLDS_MAX && oldest !== undefined) prepared.delete(oldest);
}

const tenantWorld = (tenant: TenantSettings, world: World): TenantWorld => ({
  tenant,
  world,
  licensedGroupIds: [...world.bundles.values()].flatMap(({ data }) => (data.assignments.length ? data.groupId : [])),
});

/** The same with the bundles that administrators asked for in the meantime. */
export async function withAcceptedBundles(
  db: Handle,
  { tenant, world }: TenantWorld,
  groupIds: readonly string[],
): Promise<TenantWorld> {
  return tenantWorld(tenant, withBundles(world, await loadBundles(db, tenant.tenantId, 'accepted', groupIds)));
}
