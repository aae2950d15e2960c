import type { LicenseFix, LicenseReason } from '@allot/contract';
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
import { reasonFacts, type ReasonKnowledge } from './reason-facts.ts';
import { reasonSentence } from './reason-sentence.ts';
import { shownState } from './read-user-licensing.ts';
import { loadSuspendedProducts, type SuspendedProduct, suspendedReason } from './suspended-products.ts';
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
  /** What the sentence is made of; empty: in force as wanted. */
  readonly reasons: readonly LicenseReason[];
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
  const settled = new Map<CohortState, readonly Entry[]>();
  const entriesOfUser = (user: UserToExplain): readonly Entry[] => {
    const entries = user.entries ?? settled.get(user.state) ?? entriesOf(user.state, world);
    if (!user.entries) settled.set(user.state, entries);
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
      const addresses = (shared.get(userNo) ?? []).map(({ address, otherId, otherUserPrincipalName }) => ({
        address,
        userId: otherId,
        userPrincipalName: otherUserPrincipalName,
      }));
      const known: ReasonKnowledge = {
        groupName: (groupId) => names.get(groupId) ?? groupId,
        country: usageLocation ?? tenant.defaultUsageLocation,
        line: (productId) => positions.get(userNo)?.get(productId),
        addresses,
        sourcesOf: (planId) => sourcesOf(planId, entries, world),
        ownedWith: (planId) => productsWith(planId, owned, world),
      };
      const subject: FixSubject = {
        addresses,
        canLeave: (groupId) => memberships.get(userNo)?.has(groupId) ?? false,
      };
      const explained = entries.map((entry) => ({
        ...explain(entry, world, known, suspended.get(entry.productId)),
        fixes: describeFixes(entry, { entries, world, owned }, subject),
      }));
      return [userNo, explained];
    }),
  );
}

function explain(
  entry: Entry,
  world: World,
  known: ReasonKnowledge,
  suspended: SuspendedProduct | undefined,
): Omit<ExplainedEntry, 'fixes'> {
  const { source, productId, reason, isKept, inForce } = entry;
  const disabledBy = inForce && suspended;
  const reasons = [
    ...(disabledBy ? [suspendedReason(disabledBy, true)] : []),
    ...(reason ? [reasonFacts(reason, known, isKept)] : []),
    ...(suspended && reason?.error === 'CountViolation' && !inForce ? [suspendedReason(suspended, false)] : []),
  ];
  return {
    skuId: productId,
    skuPartNumber: world.catalogue.products.get(productId)?.data.skuPartNumber ?? '',
    source,
    sourceName: source === direct ? 'Direct' : known.groupName(source),
    state: shownState(entry, disabledBy !== undefined),
    error: reason?.error ?? 'None',
    reason: reason ?? disabledBy ?? null,
    sentence: reasonSentence(reasons, world) || 'In force as wanted.',
    reasons,
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
