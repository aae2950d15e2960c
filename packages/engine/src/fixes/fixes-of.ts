import { addBit, addTo, bitsOf, common, has, intersects, isEmpty, minus, type PlanSet } from '../catalogue/plan-set.ts';
import type { Reason } from '../checks/check.ts';
import type { Entry } from '../cohort/outcome.ts';
import type { World } from '../cohort/world.ts';
import { direct, type GroupId, type PlanId, type ProductId, type Source } from '../ids.ts';

/**
 * Something an administrator can do about an error. Of several each helps by itself, as far as this error goes; another may come to light
 * behind it.
 */
export type Fix =
  /** Switch plans of an assignment off; `disabledPlans` is the whole list that the assignment has then. */
  | {
      readonly kind: 'disablePlans';
      readonly source: Source;
      readonly productId: ProductId;
      readonly plans: readonly PlanId[];
      readonly disabledPlans: readonly PlanId[];
    }
  /** Switch on plans of an assignment that are off; `disabledPlans` as above. */
  | {
      readonly kind: 'enablePlans';
      readonly source: Source;
      readonly productId: ProductId;
      readonly plans: readonly PlanId[];
      readonly disabledPlans: readonly PlanId[];
    }
  /** Assign a product that the tenant owns and that has one of the plans needed. */
  | { readonly kind: 'assignProduct'; readonly productId: ProductId; readonly plans: readonly PlanId[] }
  /** Correct where the user is licensed: these plans are not offered there. */
  | { readonly kind: 'setUsageLocation'; readonly plans: readonly PlanId[] }
  /** Give each user an address of its own. */
  | { readonly kind: 'fixAddress' }
  | { readonly kind: 'buySeats'; readonly productId: ProductId }
  /** Have a group give each product by itself (`atomicity`), so that one that fails holds no other back. */
  | { readonly kind: 'licenseByProduct'; readonly groupId: GroupId }
  | { readonly kind: 'removeDirectLicense'; readonly productId: ProductId }
  | { readonly kind: 'removeFromGroup'; readonly groupId: GroupId };

/** Products that are proposed for one plan that is missing; the smallest first. */
const PRODUCTS_PROPOSED_MAX = 5;

/** What is known of a user beside the entry: everything is as settled. */
export interface FixSituation {
  /** All entries of the user, the one to be fixed among them. */
  readonly entries: readonly Entry[];
  readonly world: World;
  /** Products with a subscription. */
  readonly owned: ReadonlySet<ProductId>;
}

/** What helps against the error of an entry, the least change first; nothing for an entry without one. Pure. */
export function fixesOf(entry: Entry, situation: FixSituation): readonly Fix[] {
  if (!entry.reason) return [];
  const fixes = fixesOfReason(entry.reason, entry, situation);
  // What is kept is not wanted any more, so there is nothing left to give up.
  return unique(entry.isKept || staysAnyway(entry, situation) ? fixes : [...fixes, ...givingUp(entry)]);
}

function fixesOfReason(reason: Reason, entry: Entry, situation: FixSituation): readonly Fix[] {
  const { catalogue } = situation.world;
  switch (reason.error) {
    case 'ProhibitedInUsageLocationViolation':
      return [
        { kind: 'setUsageLocation', plans: reason.plans },
        ...disabling(entry, catalogue.setOf(reason.plans), situation),
      ];
    case 'UniquenessViolation':
      return staysAnyway(entry, situation)
        ? [{ kind: 'fixAddress' }]
        : [{ kind: 'fixAddress' }, ...disabling(entry, catalogue.setOf(reason.plans), situation)];
    case 'MutuallyExclusiveViolation':
      return exclusionFixes(reason, entry, situation);
    case 'DependencyViolation':
      return dependencyFixes(reason, entry, situation);
    case 'CountViolation':
      return [{ kind: 'buySeats', productId: reason.productId }];
    case 'Other':
      return otherFixes(reason, entry, situation);
  }
}

/** A mailbox in force stays while its address is shared, whoever no longer wants it (L-08b): giving it up would not help. */
function staysAnyway({ reason, inForce }: Entry, { world }: FixSituation): boolean {
  return (
    reason?.error === 'UniquenessViolation' &&
    inForce !== undefined &&
    intersects(inForce, world.catalogue.setOf(reason.plans))
  );
}

/** Either side may yield: the plans of this entry that conflict, or those of what is in force. All conflicts at once, not the first alone. */
function exclusionFixes(
  reason: Extract<Reason, { readonly error: 'MutuallyExclusiveViolation' }>,
  entry: Entry,
  situation: FixSituation,
): readonly Fix[] {
  const { entries, world } = situation;
  const { catalogue } = world;
  const asked = entry.wanted && entry.inForce ? minus(entry.wanted, entry.inForce) : entry.wanted;
  const own = asked && !isEmpty(asked) ? asked : (entry.inForce ?? catalogue.none);
  const others = entries.filter((other) => other !== entry && other.inForce);
  const elsewhere = catalogue.none.slice();
  for (const { inForce } of others) if (inForce) addTo(elsewhere, inForce);
  const mine = conflicting(own, elsewhere, world);
  addTo(mine, common(own, catalogue.setOf([reason.plan])));
  return [
    ...disabling(entry, mine, situation),
    ...others.flatMap((other): readonly Fix[] => {
      const theirs = conflicting(other.inForce ?? catalogue.none, own, world);
      if (isEmpty(theirs)) return [];
      return [...disabling(other, theirs, situation), ...(other.isKept ? [] : givingUp(other))];
    }),
  ];
}

/** The plans of one set that some rule excludes together with another plan of the other set. */
function conflicting(of: PlanSet, against: PlanSet, { catalogue }: World): PlanSet {
  const found = catalogue.none.slice();
  for (const { plans } of catalogue.exclusions) {
    if (!intersects(plans, of) || !intersects(plans, against)) continue;
    const others = bitsOf(common(plans, against));
    for (const bit of bitsOf(common(plans, of))) if (others.some((other) => other !== bit)) addBit(found, bit);
  }
  return found;
}

/** What is needed is switched on where it is off, or assigned, unless another plan excludes it; or who needs it yields: of a kept assignment, whoever wants the plan. */
function dependencyFixes(
  { plan, anyOf }: Extract<Reason, { readonly error: 'DependencyViolation' }>,
  entry: Entry,
  situation: FixSituation,
): readonly Fix[] {
  const { entries, world, owned } = situation;
  const { catalogue } = world;
  const [needing, needed] = [catalogue.setOf([plan]), catalogue.setOf(anyOf)];
  // Beside a plan that excludes it, what is needed would be refused in its turn. What is kept gives way.
  const standing = catalogue.none.slice();
  for (const { isKept, inForce } of entries) if (!isKept && inForce) addTo(standing, inForce);
  const possible = minus(needed, conflicting(needed, standing, world));
  const enabling = entries.flatMap((one): readonly Fix[] => {
    const all = catalogue.products.get(one.productId)?.plans;
    if (!one.wanted || !all) return [];
    const off = common(minus(all, one.wanted), possible);
    if (isEmpty(off)) return [];
    const on = one.wanted.slice();
    addTo(on, off);
    const { source, productId } = one;
    const disabledPlans = catalogue.idsOf(minus(all, on));
    return [{ kind: 'enablePlans', source, productId, plans: catalogue.idsOf(off), disabledPlans }];
  });
  const had = new Set(entries.flatMap(({ wanted, productId }) => (wanted ? [productId] : [])));
  const proposed = [...catalogue.products.values()]
    .filter(
      ({ productId, data, plans }) =>
        owned.has(productId) && !had.has(productId) && data.appliesTo === 'User' && intersects(plans, possible),
    )
    .toSorted((a, b) => a.data.planIds.length - b.data.planIds.length || (a.productId < b.productId ? -1 : 1))
    .slice(0, PRODUCTS_PROPOSED_MAX)
    .map(
      ({ productId, plans }): Fix => ({
        kind: 'assignProduct',
        productId,
        plans: catalogue.idsOf(common(plans, possible)),
      }),
    );
  const yielding = entry.isKept ? entries.filter(({ wanted }) => wanted && intersects(wanted, needing)) : [entry];
  return [...enabling, ...proposed, ...yielding.flatMap((one) => disabling(one, needing, situation))];
}

/** What helps the products that failed; or the group gives each by itself. */
function otherFixes(
  { failed }: Extract<Reason, { readonly error: 'Other' }>,
  entry: Entry,
  situation: FixSituation,
): readonly Fix[] {
  const { entries, world } = situation;
  const failing = entries.filter(
    ({ productId, reason, source }) =>
      failed.includes(productId) &&
      reason !== undefined &&
      reason.error !== 'Other' &&
      // What is kept until it is replaced waits for whatever other source has the replacement.
      (entry.isKept || source === entry.source),
  );
  const fixes = failing.flatMap((one) => (one.reason ? fixesOfReason(one.reason, one, situation) : []));
  const isBundle = entry.source !== direct && world.bundles.get(entry.source)?.data.atomicity === 'bundle';
  return isBundle && !entry.isKept && entry.source !== direct
    ? [...fixes, { kind: 'licenseByProduct', groupId: entry.source }]
    : fixes;
}

/** Nothing when no plan of the assignment would be left: then it is to be taken away. */
function disabling({ source, productId, wanted }: Entry, plans: PlanSet, { world }: FixSituation): readonly Fix[] {
  const { catalogue } = world;
  const all = catalogue.products.get(productId)?.plans;
  if (!wanted || !all) return [];
  let left = minus(wanted, plans);
  for (let bare = bereft(wanted, left, world); !isEmpty(bare); bare = bereft(wanted, left, world))
    left = minus(left, bare);
  const off = minus(wanted, left);
  if (isEmpty(left) || isEmpty(off)) return [];
  const disabledPlans = catalogue.idsOf(minus(all, left));
  return [{ kind: 'disablePlans', source, productId, plans: catalogue.idsOf(off), disabledPlans }];
}

/** Plans that needed one of those that go, and have none any more: they go with them. */
function bereft(wanted: PlanSet, left: PlanSet, { catalogue }: World): PlanSet {
  const found = catalogue.none.slice();
  for (const { plan, anyOf } of catalogue.requirements) {
    if (has(left, plan) && intersects(anyOf, wanted) && !intersects(anyOf, left)) addBit(found, plan);
  }
  return found;
}

const givingUp = ({ source, productId }: Entry): readonly Fix[] =>
  source === direct ? [{ kind: 'removeDirectLicense', productId }] : [{ kind: 'removeFromGroup', groupId: source }];

const unique = (fixes: readonly Fix[]): readonly Fix[] => [
  ...new Map(fixes.map((fix) => [JSON.stringify(fix), fix])).values(),
];
