import type { PastLicense } from '@allot/contract';

/** How one assignment of a user differs from what it was before. Plans are ids. */
export interface LicenseChanged {
  readonly skuId: string;
  readonly source: string;
  readonly sourceName: string;
  /** Undefined: there was none. */
  readonly before: Pick<PastLicense, 'state' | 'error'> | undefined;
  /** Undefined: there is none any more. */
  readonly after: Pick<PastLicense, 'state' | 'error'> | undefined;
  readonly gained: readonly string[];
  readonly lost: readonly string[];
}

/** What came, went, or changed between two times; assignments that stayed as they were are left out. */
export function changesOf(before: readonly PastLicense[], after: readonly PastLicense[]): readonly LicenseChanged[] {
  const keyOf = ({ skuId, source }: PastLicense) => `${skuId}|${source}`;
  const was = new Map(before.map((one) => [keyOf(one), one]));
  const is = new Map(after.map((one) => [keyOf(one), one]));
  return [...new Set([...is.keys(), ...was.keys()])].flatMap((key) => {
    const [old, now] = [was.get(key), is.get(key)];
    const one = now ?? old;
    if (one === undefined) return [];
    const gained = without(now?.servicePlans, old?.servicePlans);
    const lost = without(old?.servicePlans, now?.servicePlans);
    const isSame = old?.state === now?.state && old?.error === now?.error && gained.length + lost.length === 0;
    if (isSame) return [];
    const { skuId, source, sourceName } = one;
    return [{ skuId, source, sourceName, before: old, after: now, gained, lost }];
  });
}

const without = (plans: readonly string[] = [], others: readonly string[] = []): readonly string[] =>
  plans.filter((plan) => !others.includes(plan));
