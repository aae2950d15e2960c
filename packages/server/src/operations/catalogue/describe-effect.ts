import { createHash } from 'node:crypto';
import {
  ApiError,
  type AssignmentChange,
  type CatalogueEffect,
  type ErrorChange,
  type PlanUsers,
} from '@allot/contract';
import {
  type AssignmentEffect,
  direct,
  effectOf,
  type Plan,
  type PlanId,
  type Source,
  type World,
} from '@allot/engine';
import { type Handle, loadBundles, loadGroupLicensing, loadGroupNames } from '@allot/store';
import type { ProductChange } from './product-changes.ts';

/** A change as planned, or as it came about. */
export interface DescribedChange {
  readonly before: World;
  readonly after: World;
  readonly plan: Parameters<typeof effectOf>[0] & Pick<Plan, 'errorsBefore' | 'errorsAfter'>;
}

/** Assignments that a preview lists; the rest is counted. */
const LISTED_ASSIGNMENTS_MAX = 10_000;

/**
 * What a change of the catalogue does (L-21): to every group that has one of the changed products, whether or not it has members,
 * and to everybody else whom it reaches.
 */
export async function describeEffect(
  trx: Handle,
  tenantId: string,
  changes: readonly ProductChange[],
  change: DescribedChange,
): Promise<CatalogueEffect> {
  const effect = effectOf(change.plan, change.before, change.after);
  const policies = new Map(
    (await loadGroupLicensing(trx, tenantId)).map(({ groupId, newPlans }) => [groupId, newPlans]),
  );
  const rows = new Map<string, AssignmentRow>(
    effect.assignments.map((one) => [`${one.source}|${one.productId}`, { ...one, heldOff: [] }]),
  );
  const changed = new Map(changes.map((one) => [one.product.productId, one]));
  for (const { groupId, assignments } of changed.size > 0 ? await loadBundles(trx, tenantId, 'accepted') : []) {
    for (const { productId, disabledPlans } of assignments) {
      const { gained = [], lost = [], before } = changed.get(productId) ?? {};
      if (before === undefined || gained.length + lost.length === 0) continue;
      const key = `${groupId}|${productId}`;
      const known = rows.get(key) ?? { source: groupId, productId, users: 0, gained: none, lost: none, heldOff: [] };
      const off = policies.get(groupId) === 'off' ? gained.filter((planId) => disabledPlans.includes(planId)) : [];
      rows.set(key, {
        ...known,
        gained: withNobody(
          gained.filter((planId) => !disabledPlans.includes(planId)),
          known.gained,
        ),
        lost: withNobody(
          lost.filter((planId) => !disabledPlans.includes(planId)),
          known.lost,
        ),
        heldOff: off,
      });
    }
  }
  const errors = changedErrors(change);
  const sources = [...rows.values(), ...errors].flatMap(({ source }) => (source === direct ? [] : source));
  const naming = new Naming(change, await loadGroupNames(trx, tenantId, [...new Set(sources)]));
  const assignments = [...rows.values()].map(
    (row): AssignmentChange => ({
      ...naming.assignment(row.source, row.productId),
      newPlans: row.source === direct ? null : (policies.get(row.source) ?? 'on'),
      users: row.users,
      gained: naming.plans(row.gained),
      heldOff: row.heldOff.map((planId) => naming.plan(planId)).toSorted(compare),
      lost: naming.plans(row.lost),
    }),
  );
  return {
    users: effect.users,
    gained: naming.plans(effect.gained),
    lost: naming.plans(effect.lost),
    assignments: assignments.toSorted(byName).slice(0, LISTED_ASSIGNMENTS_MAX),
    assignmentsUnlisted: Math.max(0, assignments.length - LISTED_ASSIGNMENTS_MAX),
    errors: errors
      .map(({ source, productId, ...rest }): ErrorChange => ({ ...naming.assignment(source, productId), ...rest }))
      .toSorted((a, b) => byName(a, b) || compare(a.error, b.error)),
  };
}

interface AssignmentRow extends AssignmentEffect {
  readonly heldOff: readonly PlanId[];
}

const none: ReadonlyMap<PlanId, number> = new Map();

/** The counts, and 0 for plans that come or go where nobody is. */
const withNobody = (planIds: readonly PlanId[], counts: ReadonlyMap<PlanId, number>): ReadonlyMap<PlanId, number> =>
  new Map([...planIds.map((planId): [PlanId, number] => [planId, 0]), ...counts]);

function changedErrors({ plan }: DescribedChange) {
  const key = ({ source, productId, error }: (typeof plan.errorsAfter)[number]) => `${source}|${productId}|${error}`;
  const [before, after] = [plan.errorsBefore, plan.errorsAfter].map(
    (counts) => new Map(counts.map((c) => [key(c), c])),
  );
  return [...new Map([...(before ?? []), ...(after ?? [])])].flatMap(([id, { source, productId, error }]) => {
    const [usersBefore, usersAfter] = [before?.get(id)?.users ?? 0, after?.get(id)?.users ?? 0];
    return usersBefore === usersAfter ? [] : [{ source, productId, error, usersBefore, usersAfter }];
  });
}

/** Names of what the engine tells by id. */
class Naming {
  readonly #change: DescribedChange;
  readonly #groups: ReadonlyMap<string, string>;

  constructor(change: DescribedChange, groups: ReadonlyMap<string, string>) {
    this.#change = change;
    this.#groups = groups;
  }

  assignment(source: Source, productId: string) {
    const { before, after } = this.#change;
    const product = after.catalogue.products.get(productId) ?? before.catalogue.products.get(productId);
    return {
      groupId: source === direct ? null : source,
      groupName: source === direct ? null : (this.#groups.get(source) ?? null),
      skuId: productId,
      skuPartNumber: product?.data.skuPartNumber ?? productId,
    };
  }

  plan(planId: PlanId): string {
    const { before, after } = this.#change;
    return (after.catalogue.planData(planId) ?? before.catalogue.planData(planId))?.name ?? planId;
  }

  plans(counts: ReadonlyMap<PlanId, number>): PlanUsers[] {
    return [...counts]
      .map(([planId, users]) => ({ servicePlanId: planId, servicePlanName: this.plan(planId), users }))
      .toSorted((a, b) => compare(a.servicePlanName, b.servicePlanName) || compare(a.servicePlanId, b.servicePlanId));
  }
}

const byName = (a: Named, b: Named): number =>
  compare(a.groupName ?? '', b.groupName ?? '') ||
  compare(a.groupId ?? '', b.groupId ?? '') ||
  compare(a.skuPartNumber, b.skuPartNumber) ||
  compare(a.skuId, b.skuId);

type Named = Pick<AssignmentChange, 'groupName' | 'groupId' | 'skuPartNumber' | 'skuId'>;

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** A short text that is the same exactly when what is shown is the same. */
export const digestOf = (shown: object): string =>
  createHash('sha256').update(JSON.stringify(shown)).digest('base64url').slice(0, 32);

/** @throws ApiError 409 when the change would do something else than the preview said that the caller has seen */
export function refuseUnlessAsShown(digest: string, seen: string | undefined): void {
  if (seen === undefined || seen === digest) return;
  throw new ApiError(409, 'Conflict', 'The change would not do what its preview said. Nothing was changed.', {
    advice: 'The tenant has changed meanwhile: look at a new preview (dryRun=true), and send its preview.',
  });
}
