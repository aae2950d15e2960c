import { firstFault } from './checks.ts';
import type { Fault } from './checks.ts';
import type { ModelCatalogue } from './catalogue.ts';
import { DIRECT, findEntry, holdsSeat, withEntry } from './entry-plans.ts';
import type { EntryPlans } from './entry-plans.ts';

/** What is known about one user when it is settled: everything but what is in force. */
export interface UserFacts {
  /** Direct first, then the groups in the order of L-07, including groups that only have something in force. */
  readonly sources: readonly Source[];
  readonly wanted: readonly EntryPlans[];
  readonly location: string | null;
  readonly sharesAddress: boolean;
}

export interface Source {
  readonly id: string;
  /** Direct assignments stand or fall by themselves; a refused call is another matter (L-16). */
  readonly atomicity: 'bundle' | 'product';
}

/** What is the same for every user of the tenant. */
export interface Rules {
  readonly catalogue: ModelCatalogue;
  readonly keepUntilReplaced: boolean;
}

/** May the user have a seat of this product if it has none yet? */
export type Available = (productId: string) => boolean;

/** A wanted entry that is not wholly in force, and why. */
export interface Missing extends EntryPlans {
  readonly fault: Fault;
}

export interface Granting {
  readonly inForce: readonly EntryPlans[];
  readonly missing: readonly Missing[];
  /** Entries that lacked a seat at any testing, granted in the end or not. */
  readonly lackedSeat: readonly Missing[];
}

/** Step (2) to (4) of L-07: test candidates in order against what is in force, until a pass grants nothing. */
export function grant(base: readonly EntryPlans[], facts: UserFacts, rules: Rules, available: Available): Granting {
  let inForce = base;
  const lackedSeat: Missing[] = [];
  for (;;) {
    const pass = onePass(inForce, facts, rules, available);
    lackedSeat.push(...pass.lackedSeat);
    if (pass.inForce === inForce) return { ...pass, lackedSeat };
    inForce = pass.inForce;
  }
}

function onePass(base: readonly EntryPlans[], facts: UserFacts, rules: Rules, available: Available): Granting {
  let inForce = base;
  let missing: Missing[] = [];
  const lackedSeat: Missing[] = [];
  for (const source of facts.sources) {
    for (const candidate of candidatesOf(source, inForce, facts)) {
      // Direct assignments come one by one and then those left together: some may just have passed alone, and of the
      // others the trial together says which of them are at fault.
      const stillMissing = missingEntries(source, inForce, facts);
      const tested = candidate.filter((entry) => findEntry(stillMissing, entry) !== undefined);
      if (tested.length === 0) continue;
      const found = testCandidate(tested, inForce, facts, rules, available);
      missing = [...missing.filter((one) => findEntry(tested, one) === undefined), ...found];
      lackedSeat.push(...found.filter((one) => one.fault.error === 'CountViolation'));
      if (found.length === 0) for (const entry of tested) inForce = withEntry(inForce, entry);
    }
  }
  return { inForce, missing, lackedSeat };
}

/** What is granted whole or not at all (L-04), in the order of testing. */
function candidatesOf(source: Source, inForce: readonly EntryPlans[], facts: UserFacts): EntryPlans[][] {
  const together = missingEntries(source, inForce, facts);
  const alone = together.map((entry) => [entry]);
  if (source.id === DIRECT) return [...alone, together];
  return source.atomicity === 'bundle' ? [together] : alone;
}

/** The wanted entries of the source that are not wholly in force, with the plans not in force. */
function missingEntries(source: Source, inForce: readonly EntryPlans[], facts: UserFacts): EntryPlans[] {
  const missing: EntryPlans[] = [];
  for (const wanted of facts.wanted) {
    if (wanted.source !== source.id) continue;
    const held = findEntry(inForce, wanted);
    const plans = wanted.plans.filter((plan) => held === undefined || !held.plans.includes(plan));
    if (held === undefined || plans.length > 0) missing.push({ ...wanted, plans });
  }
  return missing;
}

/** Every entry of the candidate with its fault, or an empty list when the candidate passes (L-04, L-06). */
function testCandidate(
  candidate: readonly EntryPlans[],
  inForce: readonly EntryPlans[],
  facts: UserFacts,
  rules: Rules,
  available: Available,
): Missing[] {
  const against = { ...facts, catalogue: rules.catalogue, inForce, candidate };
  const faults = candidate.map((entry): Fault | undefined => {
    const fault = firstFault(entry, against);
    if (fault !== undefined) return fault;
    const seat = holdsSeat(inForce, entry.productId) || available(entry.productId);
    return seat ? undefined : { error: 'CountViolation' };
  });
  if (faults.every((fault) => fault === undefined)) return [];
  return candidate.map((entry, index) => ({ ...entry, fault: faults[index] ?? { error: 'Other' } }));
}
