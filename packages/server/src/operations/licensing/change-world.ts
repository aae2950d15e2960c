import {
  type CatalogueData,
  type Movement,
  type Plan,
  type PlanId,
  prepareCatalogue,
  prepareWorld,
  type ProductData,
  type Seats,
  type World,
} from '@allot/engine';
import {
  type Activity,
  bumpCatalogue,
  bumpWorld,
  type CohortSelection,
  countPlaceMovements,
  type Handle,
  loadBundles,
  loadCatalogue,
  loadCohorts,
  loadSeats,
  loadTenant,
  rememberProducts,
  wakeWorker,
} from '@allot/store';
import { ApiError } from '@allot/contract';
import type { Context } from '../context.ts';
import { takenBackIf } from '../taken-back.ts';
import { inTenant } from './in-tenant.ts';
import { applyPlanned, planChange, type Planned } from './plan-and-apply.ts';

/** What a change of the world touches: seats alone, or also what everybody may have. */
export type WorldPart = 'seats' | 'settings' | 'catalogue';

/**
 * Changes seats, settings or the catalogue and settles everybody whom that reaches, in one transaction (L-16, L-21): before
 * the call returns, no user has what the new world does not say.
 * @param mutate writes the change
 * @param reached the cohorts that settings or the catalogue reach; all, unless told
 */
export const changeWorld = <T>(
  ctx: Context,
  part: WorldPart,
  activity: Activity,
  mutate: (trx: Handle) => Promise<T>,
  reached?: CohortSelection,
): Promise<T> =>
  changeWorldAsShown(ctx, part, activity, { dryRun: false, mutate, show: async (_, result) => result, reached });

/** A change as planned: what a preview is made of. */
export interface WorldChange {
  readonly before: World;
  readonly after: World;
  readonly plan: Plan;
  readonly planned: Planned;
  /** As many as there are after the change, and used before it. */
  readonly seats: ReadonlyMap<string, { readonly usable: number; readonly consumed: number }>;
}

/**
 * The same for a change that can be looked at before it is made. What was planned is shown; then it is applied, or, in a dry run,
 * not: invariant "preview is apply".
 * @param steps.show describes the change; may throw to refuse it
 */
export const changeWorldAsShown = <T, Shown>(
  ctx: Context,
  part: WorldPart,
  activity: Activity,
  steps: {
    readonly dryRun: boolean;
    readonly mutate: (trx: Handle) => Promise<T>;
    readonly show: (trx: Handle, result: T, change: WorldChange) => Promise<Shown>;
    readonly reached?: CohortSelection | undefined;
  },
): Promise<Shown> =>
  takenBackIf(steps.dryRun, (finish) =>
    inTenant(ctx, async (trx) => {
      const before = await loadAll(trx, ctx.tenantId);
      const result = await steps.mutate(trx);
      const after = await loadAll(trx, ctx.tenantId);
      const worlds = part === 'seats' ? sameWorld(before) : bothWorlds(before, after);
      const concerned: CohortSelection[] = part === 'seats' ? [] : [steps.reached ?? { by: 'all' }];
      const planned = await planWorld(trx, ctx.tenantId, concerned, { ...before, worlds }, after);
      const shown = finish(
        await steps.show(trx, result, { ...worlds, plan: planned.plan, planned, seats: after.seats }),
      );
      const changeNo = await applyPlanned(trx, ctx.tenantId, planned, { correlationId: ctx.correlationId, activity });
      await rememberProducts(trx, ctx.tenantId, changeNo, productsChanged(before.data, after.data));
      // Cohorts that changed in place may equal others now; the background merges them.
      if (planned.plan.revisions.length) await wakeWorker(trx, ctx.tenantId);
      if (part === 'catalogue') await bumpCatalogue(trx, ctx.tenantId);
      if (part !== 'seats') await bumpWorld(trx, ctx.tenantId);
      return shown;
    }),
  );

async function planWorld(
  trx: Handle,
  tenantId: string,
  concerned: readonly CohortSelection[],
  before: Loaded & { readonly worlds: { readonly before: World; readonly after: World } },
  after: Loaded,
): Promise<Planned> {
  const { worlds } = before;
  const { movements, compared } = await movedUsers(
    trx,
    tenantId,
    { ...before.tenant, world: worlds.before },
    { ...after.tenant, world: worlds.after },
  );
  return planChange(trx, tenantId, {
    ...worlds,
    seats: seatsOf(before.seats, after.seats),
    concerned,
    movements,
    movers: { listed: new Map(), compared, wholes: new Map() },
    reactToSeats: after.tenant.autoResolve,
  });
}

type Loaded = Awaited<ReturnType<typeof loadAll>>;

async function loadAll(trx: Handle, tenantId: string) {
  const tenant = await loadTenant(trx, tenantId);
  if (!tenant) throw new ApiError(404, 'Request_ResourceNotFound', `Tenant '${tenantId}' does not exist.`);
  return {
    tenant,
    data: await loadCatalogue(trx, tenantId, tenant.ruleSet),
    bundles: await loadBundles(trx, tenantId, 'settled'),
    seats: await loadSeats(trx, tenantId),
  };
}

function sameWorld(loaded: Loaded): { before: World; after: World } {
  const world = prepareWorld(prepareCatalogue(loaded.data), loaded.bundles, loaded.tenant.keepUntilReplaced);
  return { before: world, after: world };
}

/** Both worlds with the same bit positions, so that what is in force can be compared across them. */
function bothWorlds(before: Loaded, after: Loaded): { before: World; after: World } {
  const plans = (loaded: Loaded): PlanId[] => loaded.data.plans.map(({ planId }) => planId);
  const prepare = (loaded: Loaded, other: Loaded): World =>
    prepareWorld(prepareCatalogue(loaded.data, plans(other)), loaded.bundles, loaded.tenant.keepUntilReplaced);
  return { before: prepare(before, after), after: prepare(after, before) };
}

/** Products as they were, where their plans are others now. */
function productsChanged(before: CatalogueData, after: CatalogueData): ProductData[] {
  const now = new Map(after.products.map(({ productId, planIds }) => [productId, planIds.join()]));
  return before.products.filter(({ productId, planIds }) => planIds.join() !== now.get(productId));
}

function seatsOf(before: Loaded['seats'], after: Loaded['seats']): Map<string, Seats> {
  return new Map(
    [...new Set([...before.keys(), ...after.keys()])].map((productId) => [
      productId,
      {
        usableBefore: before.get(productId)?.usable ?? 0,
        usable: after.get(productId)?.usable ?? 0,
        consumed: after.get(productId)?.consumed ?? before.get(productId)?.consumed ?? 0,
      },
    ]),
  );
}

/**
 * Users whose country is another place than before. They get it in the same plan: one place may have stood for countries
 * that the new catalogue treats differently, and nobody may be given what is prohibited where he is.
 */
async function movedUsers(trx: Handle, tenantId: string, before: Located, after: Located) {
  const [old, now] = [before.world.catalogue, after.world.catalogue];
  const countries = [...new Set([...old.places.keys(), ...now.places.keys()])];
  const moved = new Map<string | null, string>(countries.map((country) => [country, now.placeOf(country)]));
  moved.set(null, now.placeOf(after.defaultUsageLocation));
  for (const country of countries) if (old.placeOf(country) === now.placeOf(country)) moved.delete(country);
  if (old.placeOf(before.defaultUsageLocation) === now.placeOf(after.defaultUsageLocation)) moved.delete(null);

  const { differing, movements: counted } = await countPlaceMovements(trx, tenantId, moved);
  const cohortNos = [...new Set(counted.map(({ from }) => from))];
  const cohorts = cohortNos.length ? await loadCohorts(trx, tenantId, { by: 'number', cohortNos }) : [];
  const facts = new Map(cohorts.map(({ cohortNo, state }) => [cohortNo, state.facts]));
  const movements = counted.map(({ from, place, count }, movementNo): Movement => {
    const of = facts.get(from);
    if (!of) throw new Error(`cohort ${from} has members and does not exist`);
    return { movementNo, from, facts: { ...of, place }, count };
  });
  return { movements, compared: { differing, movements: new Map(counted.entries()) } };
}

interface Located {
  readonly world: World;
  readonly defaultUsageLocation: string | null;
}
