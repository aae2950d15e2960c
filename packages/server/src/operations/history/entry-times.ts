import type { Moment, PlanId, ProductId, RecordedEntry, Source } from '@allot/engine';
import type { AppliedChangeRow } from '@allot/store';

/** A service plan that a user has or had. */
export interface PlanTimes {
  readonly planId: PlanId;
  /** When it came into force, without a gap until now or until it was lost; undefined: before the first change that is known. */
  readonly assignedAt: Date | undefined;
  /** Undefined: in force. */
  readonly lostAt: Date | undefined;
}

type Changes = ReadonlyMap<number, AppliedChangeRow>;

/** When an entry became what it is (L-27): it does not change when another entry does. Undefined: before the first known change. */
export function lastUpdated(
  moments: readonly Moment[],
  changes: Changes,
  source: Source,
  productId: ProductId,
): Date | undefined {
  const of = ({ entries }: Moment): string => JSON.stringify(entries.find(isOf(source, productId)));
  const last = moments.at(-1);
  if (!last) return undefined;
  const present = of(last);
  let since = last;
  for (const moment of moments.toReversed()) {
    if (of(moment) !== present) break;
    since = moment;
  }
  return changeTime(since, changes);
}

const isOf = (source: Source, productId: ProductId) => (entry: RecordedEntry) =>
  entry.source === source && entry.productId === productId;

/** Every plan that was ever among the user's effective plans, with its last time there (L-20). */
export function planTimes(moments: readonly Moment[], changes: Changes): PlanTimes[] {
  const times = new Map<PlanId, PlanTimes>();
  for (const moment of moments) {
    const at = changeTime(moment, changes);
    const effective = new Set(moment.entries.flatMap(({ plans }) => plans));
    for (const planId of effective) {
      const known = times.get(planId);
      if (!known || known.lostAt) times.set(planId, { planId, assignedAt: at, lostAt: undefined });
    }
    for (const [planId, known] of times) {
      if (!known.lostAt && !effective.has(planId)) times.set(planId, { ...known, lostAt: at ?? new Date(0) });
    }
  }
  return [...times.values()];
}

const changeTime = ({ since }: Moment, changes: Changes): Date | undefined =>
  since === undefined ? undefined : changes.get(since)?.at;
