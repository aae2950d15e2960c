import type { Step } from './read-batch.ts';
import { batchError } from './read-batch.ts';

export interface OrderedStep {
  readonly step: Step;
  /** What must have been answered before this one is sent: what it depends on and, for a change, the change before it. */
  readonly waitsFor: readonly string[];
}

/**
 * Steps so that each comes after those it waits for. Changes are made one after the other, in the order in which they
 * were sent: administrators send additions and removals of the same member in one batch. Only `dependsOn` can say
 * otherwise. Graph promises no order; whoever relies on none loses nothing but some milliseconds.
 * @throws ApiError 400 when a step depends on one that is not there, or in a circle
 */
export function orderSteps(steps: readonly Step[]): readonly OrderedStep[] {
  const dependencies = allDependencies(steps);
  const ordered: OrderedStep[] = [];
  let lastChange: string | undefined;
  const place = (step: Step) => {
    if (ordered.some((one) => one.step === step)) return;
    // In the order sent too, so that changes on which a change depends do not overtake each other.
    const needed = dependencies.get(step.id) ?? new Set();
    for (const other of steps) if (needed.has(other.id)) place(other);
    const waitsFor = [...step.dependsOn, ...(isChange(step) && lastChange !== undefined ? [lastChange] : [])];
    ordered.push({ step, waitsFor });
    if (isChange(step)) lastChange = step.id;
  };
  for (const step of steps) place(step);
  return ordered;
}

const isChange = ({ part }: Step): boolean => part.method !== 'GET';

/** What each step depends on, directly or through others. */
function allDependencies(steps: readonly Step[]): ReadonlyMap<string, ReadonlySet<string>> {
  const byId = new Map(steps.map((step) => [step.id, step]));
  const found = new Map<string, ReadonlySet<string>>();
  const collect = (step: Step, path: readonly string[]): ReadonlySet<string> => {
    const known = found.get(step.id);
    if (known !== undefined) return known;
    const all = new Set(step.dependsOn);
    for (const id of step.dependsOn) {
      const needed = byId.get(id);
      if (needed === undefined) throw invalidDependency(step.id, `There is no request '${id}' in the batch.`);
      if (id === step.id || path.includes(id))
        throw invalidDependency(step.id, 'Requests must not depend in a circle.');
      for (const further of collect(needed, [...path, step.id])) all.add(further);
    }
    found.set(step.id, all);
    return all;
  };
  for (const step of steps) collect(step, []);
  return found;
}

const invalidDependency = (id: string, advice: string) =>
  batchError(`Invalid dependency for request Id '${id}'.`, advice);
