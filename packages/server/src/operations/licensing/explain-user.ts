import { notFound } from '@allot/contract';
import { direct, entriesOf, has, type Entry, type Reason, type World } from '@allot/engine';
import { findUser, loadGroupNames, loadOwnedProducts, loadPositions, loadSharedAddresses } from '@allot/store';
import type { Context } from '../context.ts';
import { stateOf } from './assign-user-license.ts';
import { inSnapshot } from './in-snapshot.ts';
import { type Naming, reasonSentence } from './reason-sentence.ts';
import { shownState } from './read-user-licensing.ts';
import { loadSuspendedProducts, type SuspendedProduct, suspendedSentence } from './suspended-products.ts';
import { loadTenantWorld } from './tenant-world.ts';

export interface ExplainedEntry {
  readonly skuId: string;
  readonly skuPartNumber: string;
  /** `direct`, or the id of a group. */
  readonly source: string;
  readonly sourceName: string;
  readonly state: string;
  readonly error: string;
  readonly reason: Reason | SuspendedProduct | null;
  readonly sentence: string;
}

/** L-28: every entry of a user, with why it is not plainly active. */
export const explainUser = (ctx: Context, userRef: string): Promise<ExplainedEntry[]> =>
  inSnapshot(ctx, (snapshot) => explainInside(snapshot, userRef));

async function explainInside(ctx: Context, userRef: string): Promise<ExplainedEntry[]> {
  const { db, tenantId } = ctx;
  const user = await findUser(db, tenantId, userRef);
  if (!user) throw notFound(userRef);
  const { tenant, world } = await loadTenantWorld(db, tenantId);
  const state = await stateOf(db, tenantId, user.userNo);
  if (!state) return [];
  const entries = entriesOf(state, world);
  const names = await loadGroupNames(
    db,
    tenantId,
    entries.flatMap(({ source }) => (source === direct ? [] : source)),
  );
  const positions = await loadPositions(db, tenantId, user.userNo);
  const shared = state.facts.sharesAddress ? await loadSharedAddresses(db, tenantId, user.userNo) : [];
  const owned = await loadOwnedProducts(db, tenantId);
  const suspended = await loadSuspendedProducts(
    ctx,
    entries.map(({ productId }) => productId),
  );
  const naming: Naming = {
    world,
    groupName: (groupId) => names.get(groupId) ?? groupId,
    country: user.usageLocation ?? tenant.defaultUsageLocation,
    position: (productId) => positions.get(productId),
    sharedAddresses: shared.map(
      ({ address, otherUserPrincipalName }) => `${address} is also an address of ${otherUserPrincipalName}`,
    ),
    sourcesOf: (planId) => sourcesOf(planId, entries, world),
    ownedWith: (planId) => productsWith(planId, owned, world),
  };
  return entries.map((entry) => explained(entry, naming, suspended.get(entry.productId)));
}

function explained(entry: Entry, naming: Naming, suspended: SuspendedProduct | undefined): ExplainedEntry {
  const { source, productId, reason, isKept, inForce } = entry;
  const disabledBy = inForce && suspended;
  const product = naming.world.catalogue.products.get(productId)?.data;
  const sentences = [
    ...(disabledBy ? [`Kept, but ${suspendedSentence(disabledBy, product?.displayName ?? productId)}`] : []),
    ...(reason ? [reasonSentence(reason, naming, isKept)] : []),
    ...(suspended && reason?.error === 'CountViolation' && !inForce
      ? [`The product is ${suspendedSentence(suspended, product?.displayName ?? productId)}`]
      : []),
  ];
  return {
    skuId: productId,
    skuPartNumber: product?.skuPartNumber ?? '',
    source,
    sourceName: source === direct ? 'Direct' : naming.groupName(source),
    state: shownState(entry, disabledBy !== undefined),
    error: reason?.error ?? 'None',
    reason: reason ?? disabledBy ?? null,
    sentence: sentences.join(' ') || 'In force as wanted.',
  };
}

/** The assignments in force that give a plan. */
export function sourcesOf(planId: string, entries: readonly Entry[], { catalogue }: World) {
  const bit = catalogue.bit(planId);
  return entries.filter(({ inForce }) => bit !== undefined && inForce !== undefined && has(inForce, bit));
}

/** Products of the tenant that contain a plan. */
export const productsWith = (planId: string, owned: ReadonlySet<string>, { catalogue }: World): string[] =>
  [...catalogue.products.values()].flatMap(({ productId, data }) =>
    owned.has(productId) && data.planIds.includes(planId) ? [productId] : [],
  );
