import type { Names } from './names.ts';
import { readPlan, readRules } from './read-catalogue.ts';
import {
  type Action,
  type GroupOptions,
  groupTypes,
  type ScenarioCatalogue,
  type TenantSettings,
  type Units,
} from './scenario.ts';
import type { Field } from './yaml-field.ts';

export interface Known {
  readonly names: Names;
  readonly catalogue: ScenarioCatalogue;
}

type Reader = (field: Field, known: Known) => Action[];

/** Everything a step can be, by its key. Most are one action; creating somebody with everything that is said of it is several. */
const readers = {
  assignLicense: (field, { names }) => {
    const fields = field.keys(['user', 'group', 'add', 'remove']);
    const add = (fields.get('add')?.list() ?? []).map((one) => names.assignment(one));
    const remove = (fields.get('remove')?.list() ?? []).map((one) => names.product(one.text(), one).productId);
    const [user, group] = [fields.get('user'), fields.get('group')];
    if (user && !group) return [{ kind: 'assignUser', user: names.user(user), add, remove }];
    if (group && !user) return [{ kind: 'assignGroup', group: names.group(group), add, remove }];
    return field.fail('a license is assigned to a user or to a group.');
  },
  createUser: (field, { names }) => {
    const fields = field.keys(['name', ...userKeys]);
    return readNewUser(required(field, fields, 'name').text(), fields, names);
  },
  updateUser: (field, { names }) => {
    const fields = field.keys(['user', 'location', 'addresses', 'department']);
    const user = names.user(required(field, fields, 'user'));
    const [location, addresses, department] = [
      fields.get('location'),
      fields.get('addresses'),
      fields.get('department'),
    ];
    return [
      ...(department ? [{ kind: 'setDepartment' as const, user, department: textOrNone(department) }] : []),
      ...(location ? [{ kind: 'setLocation' as const, user, location: readLocation(location) }] : []),
      ...(addresses ? [{ kind: 'setAddresses' as const, user, addresses: readAddresses(addresses) }] : []),
    ];
  },
  deleteUser: (field, { names }) => [{ kind: 'deleteUser', user: names.user(field) }],
  createGroup: (field, { names }) => {
    const fields = field.keys(['name', ...groupKeys]);
    return readNewGroup(required(field, fields, 'name').text(), fields, names);
  },
  updateGroup: (field, { names }) => {
    const fields = field.keys(['group', 'rule', 'paused', ...optionKeys]);
    const group = names.group(required(field, fields, 'group'));
    const [rule, paused, options] = [fields.get('rule'), fields.get('paused'), readOptions(fields)];
    const change = {
      ...(rule ? { rule: textOrNone(rule) } : {}),
      ...(paused ? { paused: paused.flag() } : {}),
    };
    return [
      ...(rule || paused ? [{ kind: 'changeRule' as const, group, change }] : []),
      ...(Object.keys(options).length > 0 ? [{ kind: 'updateGroup' as const, group, options }] : []),
    ];
  },
  restoreUser: (field, { names }) => [{ kind: 'restoreUser', user: names.user(field) }],
  deleteGroup: (field, { names }) => {
    if (!field.isMap) return [{ kind: 'deleteGroup', group: names.group(field), removeLicenses: false }];
    const fields = field.keys(['group', 'removeLicenses']);
    const group = names.group(required(field, fields, 'group'));
    return [{ kind: 'deleteGroup', group, removeLicenses: fields.get('removeLicenses')?.flag() ?? false }];
  },
  endSubscription: (field, { names }) =>
    field.entries().map(([name, days]) => ({
      kind: 'endSubscription',
      productId: names.product(name, days).productId,
      days: days.count(),
    })),
  passDays: (field) => [{ kind: 'passTime', days: field.count() }],
  addMembers: (field, { names }) => {
    const fields = field.keys(['group', 'members']);
    const members = required(field, fields, 'members')
      .list()
      .map((one) => names.member(one));
    return [{ kind: 'addMembers', group: names.group(required(field, fields, 'group')), members }];
  },
  removeMember: (field, { names }) => {
    const fields = field.keys(['group', 'member']);
    const group = names.group(required(field, fields, 'group'));
    return [{ kind: 'removeMember', group, member: names.member(required(field, fields, 'member')) }];
  },
  seats: (field, { names }) =>
    field.entries().map(([name, units]) => ({
      kind: 'seats',
      productId: names.product(name, units).productId,
      units: readUnits(units),
    })),
  settings: (field, { catalogue }) => {
    const settings = readSettings(field);
    const { ruleSet } = settings;
    if (ruleSet && catalogue.own.products.length > 0) return field.fail('a rule set is about built-in products alone.');
    return [{ kind: 'settings', settings }];
  },
  setRules: (field, { catalogue }) => [{ kind: 'setRules', rules: readRules(field, catalogue.plans) }],
  definePlan: (field, { catalogue }) =>
    field.entries().map(([name, one]) => {
      const plan = catalogue.plans.get(name);
      return plan ? { kind: 'definePlan', plan: readPlan(plan, one) } : one.fail(`there is no service plan '${name}'.`);
    }),
  defineProduct: (field, { names }) =>
    field.entries().map(([name, plans]) => {
      const product = names.product(name, plans);
      return { kind: 'defineProduct', product: { ...product, planIds: names.plans(plans).toSorted() } };
    }),
  reprocess: (field, { names }) => {
    const fields = field.keys(['user', 'group']);
    const [user, group] = [fields.get('user'), fields.get('group')];
    return [
      ...(user ? [{ kind: 'reprocessUser' as const, user: names.user(user) }] : []),
      ...(group ? [{ kind: 'reprocessGroup' as const, group: names.group(group) }] : []),
    ];
  },
} as const satisfies Record<string, Reader>;

export type ActionKey = keyof typeof readers;
// Object.keys says string; these are the keys of the table above.
export const actionKeys = Object.keys(readers) as ActionKey[];

export const readActions = (key: ActionKey, field: Field, known: Known): Action[] => readers[key](field, known);

export const userKeys = ['location', 'addresses', 'licenses', 'department'] as const;

/** A user with what is said of it; in the United States unless it says otherwise. */
export function readNewUser(name: string, fields: ReadonlyMap<string, Field>, names: Names): Action[] {
  names.users.add(name);
  const [location, addresses, licenses, department] = userKeys.map((key) => fields.get(key));
  const add = (licenses?.list() ?? []).map((one) => names.assignment(one));
  return [
    {
      kind: 'createUser',
      user: name,
      location: location ? readLocation(location) : 'US',
      addresses: addresses ? readAddresses(addresses) : [],
      department: department ? textOrNone(department) : null,
    },
    ...(add.length > 0 ? [{ kind: 'assignUser' as const, user: name, add, remove: [] }] : []),
  ];
}

const optionKeys = ['priority', 'atomicity', 'prerequisites', 'newPlans', 'licenseInheritance'] as const;
export const groupKeys = ['type', 'rule', 'members', 'licenses', ...optionKeys] as const;

/** A group with its options, then its members, then its licenses. */
export function readNewGroup(name: string, fields: ReadonlyMap<string, Field>, names: Names): Action[] {
  names.groups.add(name);
  const options = readOptions(fields);
  const members = (fields.get('members')?.list() ?? []).map((one) => names.member(one));
  const add = (fields.get('licenses')?.list() ?? []).map((one) => names.assignment(one));
  return [
    {
      kind: 'createGroup',
      group: name,
      type: fields.get('type')?.oneOf(groupTypes) ?? 'security',
      rule: fields.get('rule')?.text(),
    },
    ...(Object.keys(options).length > 0 ? [{ kind: 'updateGroup' as const, group: name, options }] : []),
    ...(members.length > 0 ? [{ kind: 'addMembers' as const, group: name, members }] : []),
    ...(add.length > 0 ? [{ kind: 'assignGroup' as const, group: name, add, remove: [] }] : []),
  ];
}

export function readSettings(field: Field): TenantSettings {
  const fields = field.keys([
    'defaultUsageLocation',
    'autoResolve',
    'keepUntilReplaced',
    'ruleSet',
    'onGroupDelete',
    'gracePeriod',
  ]);
  const [location, autoResolve, keepUntilReplaced, ruleSet, onGroupDelete, gracePeriod] = [
    fields.get('defaultUsageLocation'),
    fields.get('autoResolve'),
    fields.get('keepUntilReplaced'),
    fields.get('ruleSet'),
    fields.get('onGroupDelete'),
    fields.get('gracePeriod'),
  ];
  return {
    ...(location ? { defaultUsageLocation: readLocation(location) } : {}),
    ...(autoResolve ? { autoResolve: autoResolve.flag() } : {}),
    ...(keepUntilReplaced ? { keepUntilReplaced: keepUntilReplaced.flag() } : {}),
    ...(ruleSet ? { ruleSet: ruleSet.oneOf(['classic', 'current']) } : {}),
    ...(onGroupDelete ? { onGroupDelete: onGroupDelete.oneOf(['convert', 'error']) } : {}),
    ...(gracePeriod ? { gracePeriod: gracePeriod.text() } : {}),
  };
}

/** A number of enabled seats, or a number for each status of a subscription. */
function readUnits(field: Field): Units {
  if (!field.isMap) return new Map([['Enabled', field.count()]]);
  return new Map(
    [...field.keys(['Enabled', 'Warning', 'Suspended'])].map(([status, units]) => [status, units.count()]),
  );
}

function readOptions(fields: ReadonlyMap<string, Field>): GroupOptions {
  const [priority, atomicity, prerequisites, newPlans, licenseInheritance] = optionKeys.map((key) => fields.get(key));
  return {
    ...(priority ? { priority: priority.count() } : {}),
    ...(atomicity ? { atomicity: atomicity.oneOf(['bundle', 'product']) } : {}),
    ...(prerequisites ? { prerequisites: prerequisites.oneOf(['group', 'user']) } : {}),
    ...(newPlans ? { newPlans: newPlans.oneOf(['on', 'off']) } : {}),
    ...(licenseInheritance ? { licenseInheritance: licenseInheritance.oneOf(['direct', 'transitive']) } : {}),
  };
}

/** Two capital letters, or `none`. */
function readLocation(field: Field): string | null {
  const text = field.text();
  if (text === 'none') return null;
  return /^[A-Z]{2}$/.test(text) ? text : field.fail(`'${text}' is no country. Write two capital letters, or none.`);
}

const textOrNone = (field: Field): string | null => (field.text() === 'none' ? null : field.text());

/** `SMTP:` before the primary one, `smtp:` before the others. */
const readAddresses = (field: Field): string[] => field.list().map((one) => one.text());

function required<Key extends string>(field: Field, fields: ReadonlyMap<Key, Field>, key: Key): Field {
  return fields.get(key) ?? field.fail(`'${key}' is missing here.`);
}
