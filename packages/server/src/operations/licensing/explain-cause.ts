import type { LicenseFix, LicenseReason } from '@allot/contract';
import { direct, entriesOf, type Entry, type World } from '@allot/engine';
import {
  countWaiting,
  type Handle,
  loadCohorts,
  loadGroupNames,
  loadOwnedProducts,
  type StoredCohort,
  withoutRule,
} from '@allot/store';
import type { Context } from '../context.ts';
import { describeFixes } from './describe-fixes.ts';
import { productsWith, sourcesOf } from './explain-entries.ts';
import { reasonFacts, type ReasonKnowledge } from './reason-facts.ts';
import { reasonSentence } from './reason-sentence.ts';

/** Why users have an error, told of many at once: in words, and what helps. */
export interface ExplainedCause {
  readonly reason: string;
  /** What the words are made of. */
  readonly reasons: readonly LicenseReason[];
  readonly fixes: readonly LicenseFix[];
}

/** What is known of the tenant. */
export interface CauseKnowledge {
  readonly world: World;
  readonly names: ReadonlyMap<string, string>;
  readonly owned: ReadonlySet<string>;
  readonly waiting: ReadonlyMap<string, number>;
  /** Groups whose members somebody added. */
  readonly canLeave: ReadonlySet<string>;
}

/** @param groupIds every group that may have to be named */
export async function loadCauseKnowledge(
  db: Handle,
  tenantId: string,
  world: World,
  groupIds: readonly string[],
): Promise<CauseKnowledge> {
  const each = [...new Set(groupIds)];
  return {
    world,
    names: await loadGroupNames(db, tenantId, each),
    owned: await loadOwnedProducts(db, tenantId),
    waiting: await countWaiting(db, tenantId),
    canLeave: await withoutRule(db, tenantId, each),
  };
}

/** @param entries everything that the users have, the entry in error among it; `place` is where they are */
export function explainCause(
  entry: Entry,
  entries: readonly Entry[],
  place: string,
  { world, names, owned, waiting, canLeave }: CauseKnowledge,
): ExplainedCause {
  if (!entry.reason) return { reason: '', reasons: [], fixes: [] };
  const fixes = describeFixes(
    entry,
    { entries, world, owned },
    { addresses: [], canLeave: (groupId) => canLeave.has(groupId) },
  );
  const known: ReasonKnowledge = {
    groupName: (groupId) => names.get(groupId) ?? groupId,
    country: place || null,
    line: (productId) => ({ position: null, waiting: waiting.get(productId) ?? 0 }),
    addresses: [],
    sourcesOf: (planId) => sourcesOf(planId, entries, world),
    ownedWith: (planId) => productsWith(planId, owned, world),
  };
  const reasons = [reasonFacts(entry.reason, known, entry.isKept)];
  return { reason: reasonSentence(reasons, world), reasons, fixes };
}

/** A cause as it is stored: by source, product and error, with cohorts that have it. */
interface StoredCause {
  readonly groupId: string | null;
  readonly productId: string;
  readonly error: string;
  readonly cohortNos: readonly number[];
}

/**
 * Explains stored causes, each in the words of the largest of its cohorts. Users with one error may need different things, so what helps is
 * what helps any of its cohorts, that of the largest first.
 */
export async function explainStoredCauses<Row extends StoredCause>(
  ctx: Context,
  world: World,
  rows: readonly Row[],
): Promise<ReadonlyMap<Row, ExplainedCause>> {
  const shown = [...new Set(rows.flatMap(({ cohortNos }) => cohortNos))];
  const loaded = await loadCohorts(ctx.db, ctx.tenantId, { by: 'number', cohortNos: shown });
  const cohorts = new Map(loaded.map((cohort) => [cohort.cohortNo, cohort]));
  const groupIds = loaded.flatMap(({ state }) => [
    ...state.facts.groups,
    ...state.exceptions.flatMap(({ source }) => (source === direct ? [] : source)),
  ]);
  const knowledge = await loadCauseKnowledge(ctx.db, ctx.tenantId, world, groupIds);
  return new Map(rows.map((row) => [row, ofCohorts(row, cohorts, knowledge)]));
}

function ofCohorts(
  row: StoredCause,
  cohorts: ReadonlyMap<number, StoredCohort>,
  knowledge: CauseKnowledge,
): ExplainedCause {
  const explained = row.cohortNos.map((cohortNo) => ofCohort(row, cohorts.get(cohortNo), knowledge));
  const fixes = new Map<string, LicenseFix>();
  for (const fix of explained.flatMap((one) => one.fixes)) {
    const key = sameness(fix);
    if (!fixes.has(key)) fixes.set(key, fix);
  }
  const { reason, reasons } = explained[0] ?? { reason: row.error, reasons: [] };
  return { reason, reasons, fixes: [...fixes.values()] };
}

/** What makes the fixes of two cohorts one: which other plans of an assignment are off already differs from user to user. */
const sameness = (fix: LicenseFix): string =>
  JSON.stringify([fix.kind, 'skuId' in fix ? fix.skuId : '', 'groupId' in fix ? fix.groupId : '']);

function ofCohort(row: StoredCause, cohort: StoredCohort | undefined, knowledge: CauseKnowledge): ExplainedCause {
  const entries = cohort ? entriesOf(cohort.state, knowledge.world) : [];
  const entry = entries.find(
    ({ source, productId }) => source === (row.groupId ?? direct) && productId === row.productId,
  );
  if (!cohort || !entry?.reason) return { reason: row.error, reasons: [], fixes: [] };
  return explainCause(entry, entries, cohort.state.facts.place, knowledge);
}
