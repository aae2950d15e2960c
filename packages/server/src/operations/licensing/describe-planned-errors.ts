import type { ErrorToExpect, LicenseChange, NamedAssignment } from '@allot/contract';
import {
  type CohortState,
  direct,
  type Entry,
  holdingsOf,
  type ProductId,
  type Source,
  type World,
} from '@allot/engine';
import { forEachUserNo, type Handle, loadNamedUsers, type NamedUsers, type UserNos, type Who } from '@allot/store';
import { type CauseKnowledge, explainCause, loadCauseKnowledge } from './explain-cause.ts';

/** Users whom a preview names of those with one error. */
const SAMPLE_USERS_MAX = 5;

/** Causes that a preview explains, those with the most users first; there are six kinds of errors, and few products in a bundle. */
const CAUSES_MAX = 100;

/** Users who end alike by a change; see `PlanPart` of the engine. */
export interface DescribedPart {
  readonly unit: {
    readonly movementNo: number | undefined;
    readonly cohort: { readonly cohortNo: number; readonly state: CohortState } | undefined;
  };
  readonly state: CohortState | undefined;
  readonly entries: readonly Entry[];
  readonly count: number;
  readonly userNos: Float64Array | undefined;
}

/** What becomes of whom. */
export interface DescribedParts {
  readonly parts: readonly DescribedPart[];
  /** Who they are, of parts without user numbers. */
  readonly names: NamedUsers | undefined;
  /** Whether that is so already, in this transaction. */
  readonly isApplied: boolean;
}

interface PlannedCause {
  readonly source: Source;
  readonly productId: ProductId;
  readonly error: string;
  count: number;
  /** Of its users, the most first. */
  readonly parts: DescribedPart[];
}

interface PlannedLicense {
  readonly source: Source;
  readonly productId: ProductId;
  gaining: number;
  losing: number;
  inError: number;
}

/**
 * Who would be in error by a plan, and how many get what from whom.
 * @param sources of these also errors are told that were there before
 */
export async function describePlannedErrors(
  db: Handle,
  tenantId: string,
  worlds: { readonly before: World; readonly after: World },
  described: DescribedParts,
  sources: ReadonlySet<Source>,
): Promise<{ licenses: readonly LicenseChange[]; inError: readonly ErrorToExpect[] }> {
  const { causes, licenses } = countParts(described.parts, worlds.before, sources);
  const told = causes.toSorted((a, b) => b.count - a.count || compare(keyOf(a), keyOf(b))).slice(0, CAUSES_MAX);
  const all = [...licenses, ...told.flatMap(({ parts }) => parts.slice(0, 1).flatMap(({ entries }) => entries))];
  const groupIds = all.flatMap(({ source }) => (source === direct ? [] : source));
  const loaded = await loadCauseKnowledge(db, tenantId, worlds.after, groupIds);
  const waiting = described.isApplied ? loaded.waiting : waitingAfter(loaded.waiting, described.parts);
  const knowledge = { ...loaded, waiting };
  const samples = await sampleUsers(db, tenantId, described, told);
  return {
    licenses: licenses
      .filter(({ gaining, losing, inError }) => gaining + losing + inError > 0)
      .map(({ source, productId, ...counts }) => ({ ...named(source, productId, knowledge), ...counts }))
      .toSorted((a, b) => compare(a.skuPartNumber, b.skuPartNumber) || compare(a.groupId ?? '', b.groupId ?? '')),
    inError: told.map((cause) => ({
      ...named(cause.source, cause.productId, knowledge),
      error: cause.error,
      count: cause.count,
      sampleUsers: samples.get(cause) ?? [],
      ...explained(cause, knowledge),
    })),
  };
}

function explained(cause: PlannedCause, knowledge: CauseKnowledge) {
  const [part] = cause.parts;
  const entry = part?.entries.find(isOf(cause));
  if (!part || !entry) return { reason: cause.error, reasons: [], fixes: [] };
  return explainCause(entry, part.entries, part.state?.facts.place ?? '', knowledge);
}

function countParts(parts: readonly DescribedPart[], before: World, sources: ReadonlySet<Source>) {
  const causes = new Map<string, PlannedCause>();
  const licenses = new Map<string, PlannedLicense>();
  const license = ({ source, productId }: Pick<PlannedLicense, 'source' | 'productId'>): PlannedLicense => {
    const key = `${source}|${productId}`;
    const found = licenses.get(key) ?? { source, productId, gaining: 0, losing: 0, inError: 0 };
    licenses.set(key, found);
    return found;
  };
  for (const part of parts) {
    const { unit, entries, count } = part;
    const was = unit.cohort?.state;
    // Most cohorts end as they were.
    if (was === part.state && !sources.size) continue;
    const held = was ? holdingsOf(was, before) : [];
    const had = new Set(held.flatMap((h) => (h.inForce ? `${h.source}|${h.product.productId}` : [])));
    for (const entry of entries) {
      const isNew = !had.delete(`${entry.source}|${entry.productId}`);
      if (entry.inForce && isNew) license(entry).gaining += count;
      if (!entry.inForce && !isNew) license(entry).losing += count;
      if (!entry.reason) continue;
      const { error } = entry.reason;
      const stays = was?.exceptions.some((e) => isOf(entry)(e) && e.error === error) ?? false;
      if (stays && !sources.has(entry.source)) continue;
      license(entry).inError += count;
      const key = `${entry.source}|${entry.productId}|${error}`;
      const cause = causes.get(key) ?? { source: entry.source, productId: entry.productId, error, count: 0, parts: [] };
      causes.set(key, cause);
      cause.count += count;
      cause.parts.push(part);
    }
    for (const key of had) {
      const [source = '', productId = ''] = key.split('|');
      license({ source, productId }).losing += count;
    }
  }
  for (const { parts: own } of causes.values()) own.sort((a, b) => b.count - a.count);
  return { causes: [...causes.values()], licenses: [...licenses.values()] };
}

type Assigned = Pick<Entry, 'source' | 'productId'>;

const isOf =
  ({ source, productId }: Assigned) =>
  (other: Assigned): boolean =>
    other.source === source && other.productId === productId;

/** How many wait for each product once the plan is applied. */
function waitingAfter(
  waiting: ReadonlyMap<string, number>,
  parts: readonly DescribedPart[],
): ReadonlyMap<string, number> {
  const after = new Map(waiting);
  const waits = (state: DescribedPart['state']) =>
    new Set(
      state?.exceptions.flatMap((e) => (e.kind === 'missing' && e.error === 'CountViolation' ? e.productId : [])),
    );
  for (const { unit, state, count } of parts) {
    const [was, is] = [waits(unit.cohort?.state), waits(state)];
    for (const productId of [...is].filter((one) => !was.has(one)))
      after.set(productId, (after.get(productId) ?? 0) + count);
    for (const productId of [...was].filter((one) => !is.has(one)))
      after.set(productId, (after.get(productId) ?? 0) - count);
  }
  return after;
}

async function sampleUsers(
  db: Handle,
  tenantId: string,
  { names }: DescribedParts,
  causes: readonly PlannedCause[],
): Promise<ReadonlyMap<PlannedCause, ErrorToExpect['sampleUsers']>> {
  const chosen = new Map(causes.map((cause) => [cause, enough(cause.parts)]));
  const unnamed = [...chosen.values()].flat().filter(({ userNos }) => userNos === undefined);
  await names?.name(unnamed.map(whoIs));
  const numbers = new Map(
    [...chosen].map(([cause, parts]) => [
      cause,
      parts
        .flatMap((part) =>
          part.userNos ? [...part.userNos.subarray(0, SAMPLE_USERS_MAX)] : lowest(names?.users(whoIs(part)) ?? ''),
        )
        .slice(0, SAMPLE_USERS_MAX),
    ]),
  );
  const users = new Map(
    (await loadNamedUsers(db, tenantId, [...new Set([...numbers.values()].flat())])).map(({ userNo, ...user }) => [
      userNo,
      user,
    ]),
  );
  return new Map([...numbers].map(([cause, userNos]) => [cause, userNos.flatMap((userNo) => users.get(userNo) ?? [])]));
}

/** The largest parts that have users enough between them. */
function enough(parts: readonly DescribedPart[]): readonly DescribedPart[] {
  const chosen: DescribedPart[] = [];
  let users = 0;
  for (const part of parts) {
    if (users >= SAMPLE_USERS_MAX) break;
    chosen.push(part);
    users += part.count;
  }
  return chosen;
}

export const whoIs = ({ unit }: Pick<DescribedPart, 'unit'>): Who =>
  unit.movementNo === undefined
    ? { movementNo: undefined, restOf: unit.cohort?.cohortNo }
    : { movementNo: unit.movementNo };

/** Who was created first; the list has no order. */
function lowest(list: UserNos): number[] {
  const found: number[] = [];
  forEachUserNo(list, (userNo) => {
    const last = found.at(-1);
    if (found.length === SAMPLE_USERS_MAX && last !== undefined && userNo > last) return;
    found.push(userNo);
    found.sort((a, b) => a - b);
    found.length = Math.min(found.length, SAMPLE_USERS_MAX);
  });
  return found;
}

const named = (source: Source, productId: ProductId, { names, world }: CauseKnowledge): NamedAssignment => ({
  groupId: source === direct ? null : source,
  groupName: source === direct ? null : (names.get(source) ?? null),
  skuId: productId,
  skuPartNumber: world.catalogue.products.get(productId)?.data.skuPartNumber ?? productId,
});

const keyOf = ({ source, productId, error }: PlannedCause): string => `${source}|${productId}|${error}`;

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
