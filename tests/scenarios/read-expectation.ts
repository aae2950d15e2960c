import type { LicenseError } from '@allot/engine';
import type { Known } from './read-action.ts';
import type { ExpectedEntry, ExpectedGroup, Expectation } from './scenario.ts';
import type { Field } from './yaml-field.ts';

/** Nothing is expected to be otherwise than before. */
export const nothingChanges = (place: string): Expectation => ({
  place,
  users: new Map(),
  effectivePlans: new Map(),
  explained: new Map(),
  seats: new Map(),
  waiting: new Map(),
  groups: new Map(),
  addresses: new Map(),
  lost: new Map(),
  had: new Map(),
  audit: undefined,
});

/** What is true afterwards. */
export function readExpectation(field: Field, known: Known): Expectation {
  const { names } = known;
  const fields = field.keys([
    'users',
    'effectivePlans',
    'explained',
    'seats',
    'waiting',
    'groups',
    'addresses',
    'lost',
    'had',
    'audit',
  ]);
  const under = <T>(key: Parameters<typeof fields.get>[0], read: (value: Field, name: string) => T): Map<string, T> =>
    new Map((fields.get(key)?.entries() ?? []).map(([name, value]) => [name, read(value, name)]));
  const user =
    <T>(read: (value: Field) => T) =>
    (value: Field, name: string): T =>
      names.users.has(name)
        ? read(value)
        : value.fail(`there is no user '${name}'. There are: ${[...names.users].join(', ')}.`);
  return {
    place: field.place,
    users: under(
      'users',
      user((entries) => readEntries(entries, known)),
    ),
    effectivePlans: under(
      'effectivePlans',
      user((plans) => readPlans(plans, known)),
    ),
    explained: under(
      'explained',
      user(
        (entries) => new Map(entries.entries().map(([name, pieces]) => [names.entry(name, pieces), pieces.texts()])),
      ),
    ),
    seats: under('seats', (seats, name) => {
      names.product(name, seats);
      return readSeats(seats);
    }),
    waiting: under('waiting', (line, name) => {
      names.product(name, line);
      return line.list().map((one) => names.user(one));
    }),
    groups: under('groups', (group, name) =>
      names.groups.has(name) ? readGroup(group) : group.fail(`there is no group '${name}'.`),
    ),
    addresses: under(
      'addresses',
      user((addresses) => addresses.texts()),
    ),
    lost: under(
      'lost',
      user((plans) => new Map(plans.entries().map(([plan, status]) => [plan, status.oneOf(['Suspended', 'Deleted'])]))),
    ),
    had: under(
      'had',
      user((past) => new Map(past.entries().map(([ago, entries]) => [Number(ago), readEntries(entries, known)]))),
    ),
    audit: fields.get('audit')?.texts(),
  };
}

/** `nothing`, or a map of entries. */
function readEntries(field: Field, { names }: Known): Map<string, ExpectedEntry> {
  if (!field.isMap && field.text() === 'nothing') return new Map();
  return new Map(
    field.entries().map(([name, entry]): [string, ExpectedEntry] => {
      const [, state = '', error, plans] = /^(\w+)(?: (\w+))?(?:, (.+))?$/.exec(entry.text()) ?? [];
      const choice = plans === undefined ? undefined : names.choice(plans, entry);
      return [
        names.entry(name, entry),
        { ...readState(state, error, entry), plans: readInForce(state, choice, entry) },
      ];
    }),
  );
}

const errors: readonly LicenseError[] = [
  'ProhibitedInUsageLocationViolation',
  'UniquenessViolation',
  'MutuallyExclusiveViolation',
  'DependencyViolation',
  'CountViolation',
  'Other',
];

function readState(state: string, error: string | undefined, at: Field): Pick<ExpectedEntry, 'state' | 'error'> {
  if ((state === 'Active' || state === 'Disabled') && error === undefined) return { state, error: 'None' };
  const known = errors.find((one) => one === error);
  if ((state === 'Error' || state === 'ActiveWithError') && known) return { state, error: known };
  return at.fail(
    `'${at.text()}' is no state. Write Active, Disabled, or Error or ActiveWithError followed by one of ${errors.join(', ')}.`,
  );
}

/** With an error, what is in force does not follow from what is wanted: then it must be said. */
function readInForce(state: string, choice: ExpectedEntry['plans'], at: Field): ExpectedEntry['plans'] {
  if (state === 'Error' && choice) return at.fail('with Error nothing is in force; leave the plans out.');
  if (state === 'Error') return { kind: 'only', plans: [] };
  if (state === 'ActiveWithError' && !choice)
    return at.fail('say which plans are in force, after a comma: all plans, without A, B, or: only A, B.');
  return choice;
}

function readPlans(field: Field, { names, catalogue }: Known): string[] | number {
  if (!field.isList) return field.count();
  const ids = new Map([...catalogue.plans].map(([name, { planId }]) => [planId, name]));
  return names
    .plans(field)
    .map((planId) => ids.get(planId) ?? planId)
    .toSorted();
}

/** `2 of 5` */
function readSeats(field: Field): { consumed: number; usable: number } {
  const [, consumed, usable] = /^(\d+) of (\d+)$/.exec(field.text()) ?? [];
  if (consumed === undefined || usable === undefined) return field.fail('write seats as: CONSUMED of USABLE.');
  return { consumed: Number(consumed), usable: Number(usable) };
}

function readGroup(field: Field): ExpectedGroup {
  const fields = field.keys(['state', 'done', 'failed']);
  return {
    state:
      fields.get('state')?.oneOf(['QueuedForProcessing', 'ProcessingInProgress', 'ProcessingComplete']) ??
      'ProcessingComplete',
    done: fields.get('done')?.count() ?? field.fail('say how many users were done.'),
    failed: fields.get('failed')?.count() ?? field.fail('say how many users failed.'),
  };
}
