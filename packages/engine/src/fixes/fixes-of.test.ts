import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type PlanData, prepareCatalogue } from '../catalogue/catalogue.ts';
import { entriesOf } from '../cohort/entries-of.ts';
import { type Exception, type Facts, type LicenseError, noFacts } from '../cohort/facts.ts';
import { type BundleData, prepareWorld } from '../cohort/world.ts';
import type { Source } from '../ids.ts';
import { fixesOf } from './fixes-of.ts';

const plan = (planId: string, more: Partial<PlanData> = {}): PlanData => ({
  planId,
  name: planId,
  displayName: planId,
  service: '',
  appliesTo: 'User',
  mailbox: false,
  deny: null,
  allow: null,
  ...more,
});
const product = (productId: string, planIds: string[]) => ({
  productId,
  skuPartNumber: productId,
  displayName: productId,
  appliesTo: 'User' as const,
  planIds,
});

const catalogue = prepareCatalogue({
  plans: [
    plan('archive'),
    plan('exchange 1', { mailbox: true }),
    plan('exchange 2', { mailbox: true }),
    plan('insights'),
    plan('power bi', { deny: ['CN'] }),
    plan('sharepoint 1'),
    plan('sharepoint 2'),
    plan('teams'),
  ],
  products: [
    product('analytics', ['insights', 'teams']),
    product('e1', ['exchange 1', 'sharepoint 1', 'teams']),
    product('e3', ['archive', 'exchange 2', 'sharepoint 2', 'teams']),
    product('e5', ['exchange 2', 'power bi']),
    product('mail', ['exchange 1']),
    product('not owned', ['exchange 1']),
  ],
  exclusions: [
    { name: 'Exchange', plans: ['exchange 1', 'exchange 2'] },
    { name: 'SharePoint', plans: ['sharepoint 1', 'sharepoint 2'] },
  ],
  requirements: [
    { plan: 'insights', anyOf: ['exchange 1', 'exchange 2'] },
    { plan: 'archive', anyOf: ['exchange 2'] },
  ],
});
const owned = new Set(['analytics', 'e1', 'e3', 'e5', 'mail']);

interface Case {
  readonly groups?: Readonly<Record<string, readonly (string | readonly [string, ...string[]])[]>>;
  readonly atomicity?: BundleData['atomicity'];
  readonly facts?: Partial<Facts>;
  readonly exceptions?: readonly Exception[];
}

/** Fixes of an entry of a user who is in all the groups. */
function fixes(source: Source, productId: string, { groups = {}, atomicity = 'bundle', facts, exceptions = [] }: Case) {
  const bundles = Object.entries(groups).map(
    ([groupId, assigned], at): BundleData => ({
      groupId,
      priority: 100,
      firstLicensedAt: at,
      atomicity,
      prerequisites: 'user',
      assignments: assigned.map((one) => {
        const [id, ...disabledPlans] = typeof one === 'string' ? [one] : one;
        return { productId: id, disabledPlans };
      }),
    }),
  );
  const world = prepareWorld(catalogue, bundles, false);
  const entries = entriesOf({ facts: { ...noFacts, groups: Object.keys(groups), ...facts }, exceptions }, world);
  const entry = entries.find((one) => one.source === source && one.productId === productId);
  assert.ok(entry, 'no such entry');
  return { error: entry.reason?.error, fixes: fixesOf(entry, { entries, world, owned }) };
}

const missing = (source: Source, productId: string, error: LicenseError): Exception => ({
  kind: 'missing',
  source,
  productId,
  error,
  plans: null,
});

test('what is in force as wanted needs nothing', () => {
  assert.deepEqual(fixes('sales', 'e3', { groups: { sales: ['e3'] } }), { error: undefined, fixes: [] });
});

test('without a seat: buy seats, or leave the group', () => {
  assert.deepEqual(
    fixes('sales', 'e3', { groups: { sales: ['e3'] }, exceptions: [missing('sales', 'e3', 'CountViolation')] }),
    {
      error: 'CountViolation',
      fixes: [
        { kind: 'buySeats', productId: 'e3' },
        { kind: 'removeFromGroup', groupId: 'sales' },
      ],
    },
  );
});

test('where a plan is not offered: correct the location, or switch the plan off', () => {
  const direct = [{ productId: 'e5', disabledPlans: [] }];
  const exceptions = [missing('direct', 'e5', 'ProhibitedInUsageLocationViolation')];
  assert.deepEqual(fixes('direct', 'e5', { facts: { place: 'CN', direct }, exceptions }).fixes, [
    { kind: 'setUsageLocation', plans: ['power bi'] },
    { kind: 'disablePlans', source: 'direct', productId: 'e5', plans: ['power bi'], disabledPlans: ['power bi'] },
    { kind: 'removeDirectLicense', productId: 'e5' },
  ]);
});

test('with a shared address: correct the address, or switch the mailbox off; a product of nothing else is to be taken away', () => {
  const shared = (productId: string) =>
    fixes('sales', productId, {
      groups: { sales: [productId] },
      facts: { sharesAddress: true },
      exceptions: [missing('sales', productId, 'UniquenessViolation')],
    }).fixes;
  assert.deepEqual(shared('e5'), [
    { kind: 'fixAddress' },
    { kind: 'disablePlans', source: 'sales', productId: 'e5', plans: ['exchange 2'], disabledPlans: ['exchange 2'] },
    { kind: 'removeFromGroup', groupId: 'sales' },
  ]);
  assert.deepEqual(shared('mail'), [{ kind: 'fixAddress' }, { kind: 'removeFromGroup', groupId: 'sales' }]);
});

test('with a shared address and the mailbox in force only the address helps: the mailbox would be kept', () => {
  const exceptions: Exception[] = [
    { kind: 'flawed', source: 'sales', productId: 'e5', error: 'UniquenessViolation', plans: null },
  ];
  const { error, fixes: found } = fixes('sales', 'e5', {
    groups: { sales: ['e5'] },
    facts: { sharesAddress: true },
    exceptions,
  });
  assert.deepEqual([error, found], ['UniquenessViolation', [{ kind: 'fixAddress' }]]);
});

test('of products that exclude each other either yields, with all plans that conflict and what needs those', () => {
  const { error, fixes: found } = fixes('sales', 'e3', {
    groups: { first: ['e1'], sales: ['e3'] },
    exceptions: [missing('sales', 'e3', 'MutuallyExclusiveViolation')],
  });
  assert.equal(error, 'MutuallyExclusiveViolation');
  const off = ['archive', 'exchange 2', 'sharepoint 2'];
  assert.deepEqual(found, [
    { kind: 'disablePlans', source: 'sales', productId: 'e3', plans: off, disabledPlans: off },
    {
      kind: 'disablePlans',
      source: 'first',
      productId: 'e1',
      plans: ['exchange 1', 'sharepoint 1'],
      disabledPlans: ['exchange 1', 'sharepoint 1'],
    },
    { kind: 'removeFromGroup', groupId: 'first' },
    { kind: 'removeFromGroup', groupId: 'sales' },
  ]);
});

test('a direct license that excludes a product of a group can be removed', () => {
  const { fixes: found } = fixes('sales', 'e3', {
    groups: { sales: [['e3', 'archive', 'sharepoint 2']] },
    facts: { direct: [{ productId: 'mail', disabledPlans: [] }] },
    exceptions: [missing('sales', 'e3', 'MutuallyExclusiveViolation')],
  });
  assert.deepEqual(found, [
    {
      kind: 'disablePlans',
      source: 'sales',
      productId: 'e3',
      plans: ['exchange 2'],
      disabledPlans: ['archive', 'exchange 2', 'sharepoint 2'],
    },
    { kind: 'removeDirectLicense', productId: 'mail' },
    { kind: 'removeFromGroup', groupId: 'sales' },
  ]);
});

test('what a plan needs is switched on where it is off, or assigned, of the products that the tenant owns', () => {
  const exceptions = [missing('extra', 'analytics', 'DependencyViolation')];
  const groups = { base: [['e1', 'exchange 1', 'teams']] as const, extra: ['analytics'] };
  assert.deepEqual(fixes('extra', 'analytics', { groups, exceptions }).fixes, [
    { kind: 'enablePlans', source: 'base', productId: 'e1', plans: ['exchange 1'], disabledPlans: ['teams'] },
    { kind: 'assignProduct', productId: 'mail', plans: ['exchange 1'] },
    { kind: 'assignProduct', productId: 'e5', plans: ['exchange 2'] },
    { kind: 'assignProduct', productId: 'e3', plans: ['exchange 2'] },
    { kind: 'disablePlans', source: 'extra', productId: 'analytics', plans: ['insights'], disabledPlans: ['insights'] },
    { kind: 'removeFromGroup', groupId: 'extra' },
  ]);
});

test('what is needed is not proposed beside a plan that excludes it: it would be refused', () => {
  const exceptions = [missing('extra', 'e3', 'DependencyViolation')];
  const groups = { base: ['mail'], extra: [['e3', 'exchange 2']] as const };
  assert.deepEqual(fixes('extra', 'e3', { groups, exceptions }).fixes, [
    {
      kind: 'disablePlans',
      source: 'extra',
      productId: 'e3',
      plans: ['archive'],
      disabledPlans: ['archive', 'exchange 2'],
    },
    { kind: 'removeFromGroup', groupId: 'extra' },
  ]);
});

test('of a bundle the product that failed is fixed, or each is given by itself', () => {
  const exceptions = [missing('sales', 'e3', 'Other'), missing('sales', 'analytics', 'CountViolation')];
  const { error, fixes: found } = fixes('sales', 'e3', { groups: { sales: ['e3', 'analytics'] }, exceptions });
  assert.equal(error, 'Other');
  assert.deepEqual(found, [
    { kind: 'buySeats', productId: 'analytics' },
    { kind: 'licenseByProduct', groupId: 'sales' },
    { kind: 'removeFromGroup', groupId: 'sales' },
  ]);
});

test('what is kept because something needs it goes when another source gives that, or nothing needs it', () => {
  const exceptions: Exception[] = [
    { kind: 'kept', source: 'gone', productId: 'mail', error: 'DependencyViolation', plans: ['exchange 1'] },
  ];
  const { error, fixes: found } = fixes('gone', 'mail', { groups: { extra: ['analytics'] }, exceptions });
  assert.equal(error, 'DependencyViolation');
  assert.deepEqual(found, [
    { kind: 'assignProduct', productId: 'mail', plans: ['exchange 1'] },
    { kind: 'assignProduct', productId: 'e5', plans: ['exchange 2'] },
    { kind: 'assignProduct', productId: 'e1', plans: ['exchange 1'] },
    { kind: 'assignProduct', productId: 'e3', plans: ['exchange 2'] },
    { kind: 'disablePlans', source: 'extra', productId: 'analytics', plans: ['insights'], disabledPlans: ['insights'] },
  ]);
});
