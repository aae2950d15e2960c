import { enabledPlans, excludes, unmetRequirement } from './catalogue.ts';
import { DIRECT } from './entry-plans.ts';
import {
  companyProduct,
  dependency,
  exclusive,
  foreignPlan,
  inherited,
  notHeld,
  notOwned,
  refusalOf,
  usageLocationMissing,
} from './refusals.ts';
import type { Refusal } from './refusals.ts';
import { faultOf } from './settle-user.ts';
import type { GroupState, TenantState, UserState } from './tenant-state.ts';

/** A product to give, and its plans that are to be off. */
export interface Assignment {
  productId: string;
  disabledPlans: string[];
}

/** The assignments after the request: removed first, then added; adding again replaces the disabled plans. */
export function applyRequest(
  assignments: Map<string, string[]>,
  add: readonly Assignment[],
  remove: readonly string[],
): void {
  for (const productId of remove) assignments.delete(productId);
  for (const { productId, disabledPlans } of add) assignments.set(productId, [...disabledPlans]);
}

/** L-24 before the request is applied: products and plans nobody could be given, removals of what is not there. */
export function checkGroupRequest(
  state: TenantState,
  group: GroupState,
  add: readonly Assignment[],
  remove: readonly string[],
): Refusal | undefined {
  const refusal = checkProducts(state, add);
  if (refusal !== undefined) return refusal;
  return remove.every((productId) => group.bundle.has(productId)) ? undefined : notHeld();
}

/** L-24 on the bundle as the request makes it: no two plans exclude each other, every requirement is met inside. */
export function checkBundle(state: TenantState, group: GroupState): Refusal | undefined {
  const enabled = new Set<string>();
  for (const [productId, disabled] of group.bundle) {
    for (const plan of enabledPlans(state.catalogue, productId, disabled)) enabled.add(plan);
  }
  const plans = [...enabled].toSorted();
  for (const plan of plans) {
    for (const other of plans) if (excludes(state.catalogue, plan, other)) return exclusive(plan, other);
  }
  if (group.prerequisites === 'user') return undefined;
  for (const plan of plans) {
    const unmet = unmetRequirement(state.catalogue, plan, plans);
    if (unmet !== undefined) return dependency(plan, unmet.anyOf);
  }
  return undefined;
}

/** What a direct request is refused for before anything is settled (L-03, L-10). */
export function checkDirectRequest(
  state: TenantState,
  user: UserState,
  add: readonly Assignment[],
  remove: readonly string[],
): Refusal | undefined {
  const refusal = checkProducts(state, add);
  if (refusal !== undefined) return refusal;
  for (const productId of remove) {
    if (user.direct.has(productId)) continue;
    return user.settled.inForce.some((entry) => entry.productId === productId) ? inherited() : notHeld();
  }
  return add.length > 0 && user.usageLocation === null ? usageLocationMissing() : undefined;
}

/**
 * What a direct request is refused for once settled: not all of it is granted (L-16), or not all can go (L-08). Of
 * several products at fault the first in the order of the call, additions before removals. What else is missing, because
 * the catalogue has changed since, refuses nothing.
 */
export function checkDirectOutcome(
  user: UserState,
  add: readonly Assignment[],
  remove: readonly string[],
): Refusal | undefined {
  const faults = [...add.map((one) => one.productId), ...remove].flatMap((productId) => {
    const fault = faultOf(user.settled, { source: DIRECT, productId });
    return fault === undefined ? [] : [{ fault, productId }];
  });
  const first = faults.find(({ fault }) => fault.error !== 'Other');
  if (first !== undefined) return refusalOf(first.fault, first.productId);
  if (faults.length > 0) throw new Error(`nothing is at fault that user ${user.id} is refused`);
  return undefined;
}

/** Product by product, in the order of the call. */
function checkProducts(state: TenantState, add: readonly Assignment[]): Refusal | undefined {
  for (const { productId, disabledPlans } of add) {
    const product = state.catalogue.products.find((one) => one.id === productId);
    if (product === undefined || !state.seats.has(productId)) return notOwned(productId);
    if (product.company === true) return companyProduct(productId);
    if (!disabledPlans.every((plan) => product.plans.includes(plan))) return foreignPlan();
  }
  return undefined;
}
