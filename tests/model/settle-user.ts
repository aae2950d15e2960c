import { excludes, isMailbox } from './catalogue.ts';
import type { ModelRequirement } from './catalogue.ts';
import { firstFault } from './checks.ts';
import type { Fault } from './checks.ts';
import { DIRECT, allPlans, findEntry, sameEntries, withEntry } from './entry-plans.ts';
import type { EntryPlans } from './entry-plans.ts';
import { grant } from './grant.ts';
import type { Available, Granting, Missing, UserFacts, Rules } from './grant.ts';

/** What one user has, and everything that is wrong with it. */
export interface SettledUser {
  readonly inForce: readonly EntryPlans[];
  /** Wanted and not, or not wholly, in force. */
  readonly missing: readonly Missing[];
  /** In force and no longer wanted (L-08, L-09). */
  readonly kept: readonly Kept[];
  /** In force and wanted, and would not be granted today (L-05). */
  readonly flawed: readonly Flawed[];
}

export interface Kept extends EntryPlans {
  readonly fault: Fault;
}

export interface Flawed {
  readonly source: string;
  readonly productId: string;
  readonly fault: Fault;
}

/** Missing before kept; of several kept plans the address goes first. Flaws refuse nothing. */
export function faultOf(settled: SettledUser, entry: { source: string; productId: string }): Fault | undefined {
  const missing = findEntry(settled.missing, entry);
  if (missing !== undefined) return missing.fault;
  const kept = settled.kept.filter((one) => one.source === entry.source && one.productId === entry.productId);
  return (kept.find((one) => one.fault.error === 'UniquenessViolation') ?? kept[0])?.fault;
}

/** Something in force that its source no longer wants: a whole assignment, or one plan of one that goes on. */
interface Leaving extends EntryPlans {
  readonly whole: boolean;
}

/** Settles one user (L-07, L-08, L-09): rounds until nothing changes. Same facts, same answer. */
export function settleUser(
  inForce: readonly EntryPlans[],
  facts: UserFacts,
  rules: Rules,
  available: Available,
): SettledUser {
  let before = inForce;
  for (;;) {
    const round = oneRound(before, facts, rules, available);
    if (sameEntries(round.inForce, before)) return { ...round, flawed: flawedEntries(round.inForce, facts, rules) };
    before = round.inForce;
  }
}

function oneRound(
  before: readonly EntryPlans[],
  facts: UserFacts,
  rules: Rules,
  available: Available,
): Omit<SettledUser, 'flawed'> {
  const stay = staying(before, facts);
  const leaving = leavingThings(before, facts);
  let kept = keptForAddress(leaving, facts, rules);
  let granting = grant(joined(stay, kept), facts, rules, available);
  let lackedSeat = granting.lackedSeat;
  let faultsToShow: readonly Missing[] = [];

  for (;;) {
    const unreplaced = notYetReplaced(leaving, kept, granting, facts, rules);
    const needed = firstNeeded(leaving, kept, granting.inForce, rules);
    if (unreplaced.length > 0) {
      const earlier = faultsToShow;
      faultsToShow = [...earlier, ...granting.missing.filter((one) => findEntry(earlier, one) === undefined)];
      kept = [...kept, ...unreplaced.map((one): Kept => ({ ...one, fault: { error: 'Other' } }))];
    } else if (needed !== undefined) {
      kept = [...kept, needed];
    } else break;
    granting = grant(joined(stay, kept), facts, rules, available);
    lackedSeat = [...lackedSeat, ...granting.lackedSeat];
  }

  // Who lacked a seat at any testing must stand in line for one, whatever was wrong before or after.
  const missing = granting.missing.map((one) => findEntry(lackedSeat, one) ?? findEntry(faultsToShow, one) ?? one);
  return { inForce: granting.inForce, missing, kept };
}

/** What is in force and wanted, plan by plan. */
function staying(inForce: readonly EntryPlans[], facts: UserFacts): EntryPlans[] {
  const stay: EntryPlans[] = [];
  for (const entry of inForce) {
    const wanted = findEntry(facts.wanted, entry);
    if (wanted === undefined) continue;
    stay.push({ ...entry, plans: entry.plans.filter((plan) => wanted.plans.includes(plan)) });
  }
  return stay;
}

/** What is in force and not wanted, in the order in which one of several would be kept (L-08). */
function leavingThings(inForce: readonly EntryPlans[], facts: UserFacts): Leaving[] {
  const leaving: Leaving[] = [];
  for (const source of facts.sources) {
    const ofSource = inForce.filter((entry) => entry.source === source.id);
    for (const entry of ofSource.toSorted((one, other) => (one.productId < other.productId ? -1 : 1))) {
      const wanted = findEntry(facts.wanted, entry);
      if (wanted === undefined) leaving.push({ ...entry, whole: true });
      else {
        const plans = entry.plans.filter((plan) => !wanted.plans.includes(plan)).toSorted();
        for (const plan of plans) leaving.push({ ...entry, plans: [plan], whole: false });
      }
    }
  }
  return leaving;
}

/** L-08(b): a mailbox is not taken from a user who shares an address. */
function keptForAddress(leaving: readonly Leaving[], facts: UserFacts, rules: Rules): Kept[] {
  const kept: Kept[] = [];
  if (!facts.sharesAddress) return kept;
  for (const one of leaving) {
    const plan = one.plans.find((other) => isMailbox(rules.catalogue, other));
    if (plan !== undefined) kept.push({ ...one, fault: { error: 'UniquenessViolation', plan } });
  }
  return kept;
}

/** L-08(a): the first leaving thing that meets a requirement which nothing that stays, is granted or kept meets. */
function firstNeeded(
  leaving: readonly Leaving[],
  kept: readonly Kept[],
  inForce: readonly EntryPlans[],
  rules: Rules,
): Kept | undefined {
  const plans = allPlans(inForce);
  const isUnmet = ({ plan, anyOf }: ModelRequirement): boolean =>
    plans.includes(plan) && !anyOf.some((one) => plans.includes(one));
  const unmet = rules.catalogue.requirements.filter(isUnmet);
  for (const one of leaving) {
    if (isAmong(kept, one)) continue;
    const met = unmet.find(({ anyOf }) => anyOf.some((plan) => one.plans.includes(plan)));
    if (met !== undefined) return { ...one, fault: { error: 'DependencyViolation', plan: met.plan, anyOf: met.anyOf } };
  }
  return undefined;
}

/** `keepUntilReplaced` (L-09): inherited assignments that leave while what could replace them is not in force. */
function notYetReplaced(
  leaving: readonly Leaving[],
  kept: readonly Kept[],
  granting: Granting,
  facts: UserFacts,
  rules: Rules,
): Leaving[] {
  if (!rules.keepUntilReplaced) return [];
  const replacements = facts.wanted.filter((entry) => findEntry(granting.inForce, entry) === undefined);
  const replacing = allPlans(replacements);
  return leaving.filter((one) => {
    if (!one.whole || one.source === DIRECT || isAmong(kept, one)) return false;
    return one.plans.some((plan) =>
      replacing.some((other) => other === plan || excludes(rules.catalogue, plan, other)),
    );
  });
}

/** L-05: in force and wanted, and failing a check of L-06 (but for seats) against everything in force. */
function flawedEntries(inForce: readonly EntryPlans[], facts: UserFacts, rules: Rules): Flawed[] {
  const flawed: Flawed[] = [];
  for (const entry of inForce) {
    if (findEntry(facts.wanted, entry) === undefined) continue;
    const fault = firstFault(entry, { ...facts, catalogue: rules.catalogue, inForce, candidate: [] });
    if (fault !== undefined) flawed.push({ source: entry.source, productId: entry.productId, fault });
  }
  return flawed;
}

function joined(stay: readonly EntryPlans[], kept: readonly Kept[]): readonly EntryPlans[] {
  let all = stay;
  for (const one of kept) all = withEntry(all, one);
  return all;
}

function isAmong(kept: readonly Kept[], one: EntryPlans): boolean {
  return kept.some((other) => sameEntries([other], [one]));
}
