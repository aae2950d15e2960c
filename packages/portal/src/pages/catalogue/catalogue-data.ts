import type { Collection } from '@allot/contract';
import { useRead } from '../../api/use-api.ts';

/** A service plan of the catalogue. */
export interface CataloguePlan {
  readonly servicePlanId: string;
  readonly servicePlanName: string;
  readonly displayName: string;
  readonly service: string;
  readonly appliesTo: string;
  readonly mailbox: boolean;
  /** Countries where it may be used, or may not; null: everywhere. */
  readonly locations: { readonly deny: readonly string[] } | { readonly allow: readonly string[] } | null;
}

export interface CatalogueProduct {
  readonly skuId: string;
  readonly skuPartNumber: string;
  readonly displayName: string;
  readonly appliesTo: string;
  readonly servicePlans: readonly CataloguePlan[];
}

/** Which plans exclude each other, and which need another. */
export interface CatalogueRules {
  readonly ruleSet: string;
  readonly exclusions: readonly { readonly name: string; readonly plans: readonly string[] }[];
  readonly requirements: readonly { readonly plan: string; readonly anyOf: readonly string[] }[];
}

export const useCatalogueProducts = () => useRead<Collection<CatalogueProduct>>('/allot/v1/catalogue/products');
export const useCataloguePlans = () => useRead<Collection<CataloguePlan>>('/allot/v1/catalogue/plans');
export const useCatalogueRules = () => useRead<CatalogueRules>('/allot/v1/catalogue/rules');

/** Whether one of the texts has what somebody typed in it. */
export function matches(filter: string | undefined, texts: readonly string[]): boolean {
  const wanted = filter?.trim().toLowerCase() ?? '';
  return wanted === '' || texts.some((text) => text.toLowerCase().includes(wanted));
}

/** What was read in one answer, as a table takes it. */
export function asRows<Row>(
  read: {
    readonly data: { readonly value: readonly Row[] } | undefined;
    readonly error: Error | null;
    readonly refetch: () => Promise<unknown>;
  },
  isWanted: (row: Row) => boolean,
) {
  const value = read.data?.value.filter(isWanted);
  return {
    data: value && { pages: [{ value }] },
    count: value && { rows: value.length, isMore: false },
    error: read.error,
    hasNextPage: false,
    fetchNextPage: () => Promise.resolve({ error: null }),
    refetch: read.refetch,
  };
}

export type Exclusion = CatalogueRules['exclusions'][number];
export type Requirement = CatalogueRules['requirements'][number];

/** Rules have no ids: one that says the same is the same, however often it was read. */
export const isSameRule = (one: Exclusion | Requirement, other: Exclusion | Requirement): boolean =>
  JSON.stringify(one) === JSON.stringify(other);
