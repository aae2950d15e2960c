import type { PlanId, ProductId } from '../ids.ts';
import { addBit, bitsOf, common, type PlanSet, severalIn } from './plan-set.ts';

export interface PlanData {
  readonly planId: PlanId;
  readonly name: string;
  readonly displayName: string;
  readonly service: string;
  readonly appliesTo: string;
  /** Assigning it makes a mailbox: L-08(b), L-11, L-30. */
  readonly mailbox: boolean;
  /** Countries (ISO 3166 alpha-2) in which it is not offered, or the only ones in which it is; both null: everywhere. */
  readonly deny: readonly string[] | null;
  readonly allow: readonly string[] | null;
}

export interface ProductData {
  readonly productId: ProductId;
  readonly skuPartNumber: string;
  readonly displayName: string;
  readonly appliesTo: 'User' | 'Company';
  readonly planIds: readonly PlanId[];
}

/** Every two plans of one set exclude each other. */
export interface ExclusionData {
  readonly name: string;
  readonly plans: readonly PlanId[];
}

/** `plan` needs at least one of `anyOf`. */
export interface RequirementData {
  readonly plan: PlanId;
  readonly anyOf: readonly PlanId[];
}

export interface CatalogueData {
  readonly plans: readonly PlanData[];
  readonly products: readonly ProductData[];
  readonly exclusions: readonly ExclusionData[];
  readonly requirements: readonly RequirementData[];
}

export interface Product {
  readonly productId: ProductId;
  readonly data: ProductData;
  readonly plans: PlanSet;
}

export interface Exclusion {
  readonly name: string;
  readonly plans: PlanSet;
}

export interface Requirement {
  readonly plan: number;
  readonly anyOf: PlanSet;
}

/** A catalogue prepared for evaluation: plans as bit positions, rules as masks. */
export interface Catalogue {
  readonly data: CatalogueData;
  readonly planIds: readonly PlanId[];
  readonly products: ReadonlyMap<ProductId, Product>;
  readonly exclusions: readonly Exclusion[];
  readonly requirements: readonly Requirement[];
  readonly mailbox: PlanSet;
  readonly none: PlanSet;
  bit(planId: PlanId): number | undefined;
  planData(planId: PlanId): PlanData | undefined;
  setOf(planIds: readonly PlanId[]): PlanSet;
  idsOf(plans: PlanSet): PlanId[];
  /** The plans that are not offered in a country; '' is no country. */
  prohibitedIn(place: string): PlanSet;
  /** The country that stands for all countries in which the same plans are prohibited; '' for everywhere else. */
  placeOf(country: string | null): string;
  /** Countries that any location rule names, with their place. Any other country has the place ''. */
  readonly places: ReadonlyMap<string, string>;
}

/**
 * @param alsoPlans plans of another catalogue that must have positions here too, so that sets of an older and a newer
 *   catalogue can be compared (L-21).
 */
export function prepareCatalogue(data: CatalogueData, alsoPlans: readonly PlanId[] = []): Catalogue {
  const planIds = [...new Set([...data.plans.map((plan) => plan.planId), ...alsoPlans])].toSorted();
  const bits = new Map(planIds.map((planId, bit) => [planId, bit]));
  const byId = new Map(data.plans.map((plan) => [plan.planId, plan]));
  const words = Math.max(1, Math.ceil(planIds.length / 32));

  const setOf = (ids: readonly PlanId[]): PlanSet => {
    const out = new Uint32Array(words);
    for (const id of ids) {
      const bit = bits.get(id);
      if (bit !== undefined) addBit(out, bit);
    }
    return out;
  };
  const locations = prepareLocations(data, setOf);

  return {
    data,
    planIds,
    products: new Map(
      data.products.map((product) => [
        product.productId,
        { productId: product.productId, data: product, plans: setOf(product.planIds) },
      ]),
    ),
    exclusions: data.exclusions.map((set) => ({ name: set.name, plans: setOf(set.plans) })),
    requirements: data.requirements.flatMap((rule) => {
      const plan = bits.get(rule.plan);
      return plan === undefined ? [] : [{ plan, anyOf: setOf(rule.anyOf) }];
    }),
    mailbox: setOf(data.plans.filter((plan) => plan.mailbox).map((plan) => plan.planId)),
    none: new Uint32Array(words),
    bit: (planId) => bits.get(planId),
    planData: (planId) => byId.get(planId),
    setOf,
    idsOf: (plans) => bitsOf(plans).flatMap((bit) => planIds[bit] ?? []),
    ...locations,
  };
}

function prepareLocations(data: CatalogueData, setOf: (ids: readonly PlanId[]) => PlanSet) {
  const restricted = data.plans.filter((plan) => plan.deny !== null || plan.allow !== null);
  const prohibited = new Map<string, PlanSet>();
  const prohibitedIn = (place: string): PlanSet => {
    const known = prohibited.get(place);
    if (known) return known;
    const plans = restricted
      .filter((plan) => (plan.allow ? !plan.allow.includes(place) : (plan.deny ?? []).includes(place)))
      .map((plan) => plan.planId);
    const made = setOf(plans);
    prohibited.set(place, made);
    return made;
  };

  const countries = new Set(restricted.flatMap((plan) => [...(plan.deny ?? []), ...(plan.allow ?? [])]));
  const placeOfSet = new Map<string, string>([[prohibitedIn('').join(), '']]);
  const places = new Map<string, string>();
  for (const country of [...countries].toSorted()) {
    const set = prohibitedIn(country).join();
    if (!placeOfSet.has(set)) placeOfSet.set(set, country);
    places.set(country, placeOfSet.get(set) ?? '');
  }
  return { prohibitedIn, places, placeOf: (country: string | null) => places.get(country ?? '') ?? '' };
}

/** Plans of the set that some exclusion forbids together, as the first offending set and two of its plans. */
export function firstConflict(
  catalogue: Catalogue,
  plans: PlanSet,
): { readonly name: string; readonly bits: readonly [number, number] } | undefined {
  for (const exclusion of catalogue.exclusions) {
    if (!severalIn(exclusion.plans, plans, plans)) continue;
    const [first, second] = bitsOf(common(exclusion.plans, plans));
    if (first !== undefined && second !== undefined) return { name: exclusion.name, bits: [first, second] };
  }
  return undefined;
}
