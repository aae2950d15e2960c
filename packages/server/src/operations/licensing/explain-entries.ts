import type { LicenseFix } from '@allot/contract';
import { type CohortState, direct, entriesOf, has, type Entry, type Reason, type World } from '@allot/engine';
import {
  loadDirectMemberships,
  loadGroupNames,
  loadOwnedProducts,
  loadPositions,
  loadSharedAddresses,
} from '@allot/store';
import type { Context } from '../context.ts';
import { describeFixes, type FixSubject } from './describe-fixes.ts';
import { type Naming, reasonSentence } from './reason-sentence.ts';
import { shownState } from './read-user-licensing.ts';
import { loadSuspendedProducts, type SuspendedProduct, suspendedSentence } from './suspended-products.ts';
import type { TenantWorld } from './tenant-world.ts';

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
  readonly fixes: readonly LicenseFix[];
}

/** A user with what it has. */
export interface UserToExplain {
  readonly userNo: number;
  /** Of its own. */
  readonly usageLocation: string | null;
  readonly state: CohortState;
  /** Entries to be explained instead of those of the state: what would be. */
  readonly entries?: readonly Entry[];
}

/** L-28: every entry of each user, with why it is not plainly active and what helps. To be called in a snapshot. */
export async function explainEntries(
  ctx: Context,
  { tenant, world }: TenantWorld,
  users: readonly UserToExplain[],
): Promise<Map<number, readonly ExplainedEntry[]>> {
  if (!users.length) return new Map();
  const { db, tenantId } = ctx;
  const known = new Map<CohortState, readonly Entry[]>();
  const entriesOfUser = (user: UserToExplain): readonly Entry[] => {
    const entries = user.entries ?? known.get(user.state) ?? entriesOf(user.state, world);
    if (!user.entries) known.set(user.state, entries);
    return entries;
  };
  const all = users.flatMap(entriesOfUser);
  const userNos = users.map(({ userNo }) => userNo);
  const groupIds = [...new Set(all.flatMap(({ source }) => (source === direct ? [] : source)))];
  const names = await loadGroupNames(db, tenantId, groupIds);
  const positions = await loadPositions(db, tenantId, userNos);
  const shared = await loadSharedAddresses(
    db,
    tenantId,
    users.flatMap(({ userNo, state }) => (state.facts.sharesAddress ? userNo : [])),
  );
  const memberships = await loadDirectMemberships(db, tenantId, userNos, groupIds);
  const owned = await loadOwnedProducts(db, tenantId);
  const suspended = await loadSuspendedProducts(
    ctx,
    all.map(({ productId }) => productId),
  );
  return new Map(
    users.map((user) => {
      const { userNo, usageLocation } = user;
      const entries = entriesOfUser(user);
      const addresses = shared.get(userNo) ?? [];
      const naming: Naming = {
        world,
        groupName: (groupId) => names.get(groupId) ?? groupId,
        country: usageLocation ?? tenant.defaultUsageLocation,
        position: (productId) => positions.get(userNo)?.get(productId),
        sharedAddresses: addresses.map(
          ({ address, otherUserPrincipalName }) => `${address} is also an address of ${otherUserPrincipalName}`,
        ),
        sourcesOf: (planId) => sourcesOf(planId, entries, world),
        ownedWith: (planId) => productsWith(planId, owned, world),
      };
      const subject: FixSubject = {
        addresses: addresses.map(({ address, otherId, otherUserPrincipalName }) => ({
          address,
          userId: otherId,
          userPrincipalName: otherUserPrincipalName,
        })),
        canLeave: (groupId) => memberships.get(userNo)?.has(groupId) ?? false,
      };
      const explained = entries.map((entry) => ({
        ...explain(entry, naming, suspended.get(entry.productId)),
        fixes: describeFixes(entry, { entries, world, owned }, subject),
      }));
      return [userNo, explained];
    }),
  );
}

function explain(entry: Entry, naming: Naming, suspended: SuspendedProduct | undefined): Omit<ExplainedEntry, 'fixes'> {
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
