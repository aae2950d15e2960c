import fc from 'fast-check';
import { historyArbitrary, worldArbitrary, type Step, type World } from './random-history.ts';

/** The same changes of users that compete for nothing, in two orders; each user's own changes keep their order. */
export interface Reordered {
  world: World;
  one: Step[];
  other: Step[];
}

export const reorderedArbitrary = (stepsMax: number): fc.Arbitrary<Reordered> =>
  historyArbitrary(worldArbitrary, stepsMax)
    .chain(({ world, steps }) =>
      fc.record({ world: fc.constant(world), steps: fc.constant(steps), cuts: fc.infiniteStream(fc.nat()) }),
    )
    .map(({ world, steps, cuts }) => {
      const rich = withoutCompetition(world);
      const perUser = steps.filter((step) => isAboutOneUser(step));
      const others = steps.filter((step) => step.kind === 'assignGroup');
      const histories = rich.users.flat().map(({ id }) => perUser.flatMap((step) => partOf(step, id)));
      const interleaved = interleave(histories, cuts);
      return { world: rich, one: [...others, ...interleaved], other: [...others, ...histories.flat()] };
    });

/** The world with a seat of everything for everybody and no address twice. */
function withoutCompetition(world: World): World {
  const users = world.users.map((some) => some.map((user) => ({ ...user, addresses: [] })));
  const seats = world.seats.map(({ productId }) => ({ productId, usable: users.flat().length }));
  return { ...world, users, seats };
}

function isAboutOneUser(step: Step): boolean {
  return step.kind === 'changeMembers' || step.kind === 'assignDirect' || step.kind === 'setUsageLocation';
}

/** What the step does to this user, as a step of its own. */
function partOf(step: Step, userId: string): Step[] {
  if (step.kind === 'changeMembers') {
    const changes = step.changes.filter((change) => change.user === userId);
    return changes.length > 0 ? [{ ...step, changes }] : [];
  }
  return 'userId' in step && step.userId === userId ? [step] : [];
}

/** One history of all, in which the steps of each user keep their order. */
function interleave(histories: readonly Step[][], cuts: Iterator<number>): Step[] {
  const left = histories.map((history) => [...history]);
  const woven: Step[] = [];
  for (;;) {
    const some = left.filter((history) => history.length > 0);
    if (some.length === 0) return woven;
    const next = some[Number(cuts.next().value) % some.length]?.shift();
    if (next !== undefined) woven.push(next);
  }
}
