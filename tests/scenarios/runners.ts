import type { Action, Scenario, Units } from './scenario.ts';

export const runners = ['engine', 'operations', 'HTTP'] as const;
export type Runner = (typeof runners)[number];

/** What a scenario may use that not every runner has. */
type Feature =
  | 'together'
  | 'atOnce'
  | 'autoResolve'
  | 'newPlans'
  | 'group types'
  | 'groups as members'
  | 'groups by rule'
  | 'deleting groups'
  | 'restoring users'
  | 'time'
  | 'suspended'
  | 'addresses'
  | 'lost plans'
  | 'the past'
  | 'explained'
  | 'groups'
  | 'audit';

/** Where a scenario cannot run, and why. */
const cannotRun: Readonly<Record<Runner, Partial<Record<Feature, string>>>> = {
  engine: {
    atOnce: 'The engine is given one change after the other; that is what the store is for.',
    autoResolve: 'What waits until somebody asks is kept by the store.',
    newPlans: 'Plans that a product gains are held off in the bundles by the store.',
    'group types': 'The engine knows licensed groups alone, not the directory they come from.',
    'groups as members': 'The engine is told which users a group licenses, not who else is in it.',
    'groups by rule': 'Rules are evaluated by the store.',
    'deleting groups': 'The engine knows licensed groups alone, not the directory they come from.',
    'restoring users': 'Who is deleted is kept by the store.',
    addresses: 'Addresses are kept by the store.',
    'lost plans': 'The engine has no clock.',
    'the past': 'What was before is kept by the store.',
    time: 'The engine has no clock.',
    suspended: 'That a product is suspended is a view of what the engine decided.',
  },
  operations: {},
  HTTP: {
    together: 'Between two requests a worker may have settled the first.',
    time: 'No route makes time pass.',
  },
};

/** What a runner does not look at, in scenarios that run there. */
const cannotSee: Readonly<Record<Runner, Partial<Record<Feature, string>>>> = {
  engine: {
    explained: 'Sentences are written by the server.',
    groups: 'The state of processing is kept by the store.',
    audit: 'The record is kept by the store.',
  },
  operations: {},
  HTTP: {},
};

/** Why a scenario does not run there; undefined: it does. */
export function whyNot(scenario: Scenario, runner: Runner): string | undefined {
  const used = featuresOf(scenario);
  return Object.entries(cannotRun[runner]).find(([feature]) => used.has(feature))?.[1];
}

/** For every runner: what it cannot run, what it cannot see, and why. */
export const limitsOf = (runner: Runner): { readonly run: [string, string][]; readonly see: [string, string][] } => ({
  run: Object.entries(cannotRun[runner]),
  see: Object.entries(cannotSee[runner]),
});

export const sees = (runner: Runner, feature: 'explained' | 'groups' | 'audit'): boolean =>
  cannotSee[runner][feature] === undefined;

function featuresOf({ setUp, start, steps }: Scenario): ReadonlySet<string> {
  const features = [
    ...setUp.flatMap(featuresOfAction),
    ...steps.flatMap(({ mode, actions }) => [
      ...(mode === 'single' ? [] : [mode]),
      ...actions.flatMap(featuresOfAction),
    ]),
  ];
  const groups = new Set(
    [...setUp, ...steps.flatMap(({ actions }) => actions)].flatMap((one) =>
      one.kind === 'createGroup' ? one.group : [],
    ),
  );
  const nested = [...setUp, ...steps.flatMap(({ actions }) => actions)].some(
    (one) => one.kind === 'addMembers' && one.members.some((member) => groups.has(member)),
  );
  const outcomes = [start, ...steps.map(({ outcome }) => outcome)];
  const addresses = outcomes.some((one) => one.addresses.size > 0);
  const lost = outcomes.some((one) => one.lost.size > 0);
  const past = outcomes.some((one) => one.had.size > 0);
  return new Set<Feature>([
    ...features,
    ...(nested ? (['groups as members'] as const) : []),
    ...(addresses ? (['addresses'] as const) : []),
    ...(lost ? (['lost plans'] as const) : []),
    ...(past ? (['the past'] as const) : []),
  ]);
}

function featuresOfAction(action: Action): Feature[] {
  if (action.kind === 'settings' && action.settings.autoResolve !== undefined) return ['autoResolve'];
  if (action.kind === 'updateGroup' && action.options.newPlans !== undefined) return ['newPlans'];
  if (action.kind === 'changeRule' || (action.kind === 'createGroup' && action.rule !== undefined))
    return ['groups by rule'];
  if (action.kind === 'createGroup' && action.type !== 'security') return ['group types'];
  if (action.kind === 'deleteGroup') return ['deleting groups'];
  if (action.kind === 'restoreUser') return ['restoring users'];
  if (action.kind === 'passTime' || action.kind === 'endSubscription') return ['time'];
  if (action.kind === 'seats' && isSuspended(action.units)) return ['suspended'];
  return [];
}

/** No seat is usable, and some would be. */
const isSuspended = (units: Units): boolean =>
  (units.get('Suspended') ?? 0) > 0 && (units.get('Enabled') ?? 0) + (units.get('Warning') ?? 0) === 0;
