import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type PlanData, prepareCatalogue } from '../catalogue/catalogue.ts';
import { checkBundle } from './check-bundle.ts';

const plan = (planId: string): PlanData => ({
  planId,
  name: planId,
  displayName: planId,
  service: '',
  appliesTo: 'User',
  mailbox: false,
  deny: null,
  allow: null,
});

const product = (productId: string, planIds: string[]) => ({
  productId,
  skuPartNumber: productId,
  displayName: productId,
  appliesTo: 'User' as const,
  planIds,
});

const catalogue = prepareCatalogue({
  plans: ['exchange 1', 'exchange 2', 'insights', 'teams'].map(plan),
  products: [
    product('analytics', ['insights']),
    product('e1', ['exchange 1', 'teams']),
    product('e3', ['exchange 2', 'teams']),
  ],
  exclusions: [{ name: 'Exchange Online', plans: ['exchange 1', 'exchange 2'] }],
  requirements: [{ plan: 'insights', anyOf: ['exchange 1', 'exchange 2'] }],
});

const all = (...productIds: string[]) => productIds.map((productId) => ({ productId, disabledPlans: [] }));

test('a bundle with two plans that exclude each other is refused, naming the plans and the rule (L-24)', () => {
  assert.deepEqual(checkBundle(catalogue, all('e1', 'e3'), 'group'), {
    reason: 'exclusive',
    plans: ['exchange 1', 'exchange 2'],
    rule: 'Exchange Online',
  });
  const oneOff = [{ productId: 'e1', disabledPlans: ['exchange 1'] }, ...all('e3')];
  assert.equal(checkBundle(catalogue, oneOff, 'group'), undefined);
});

test('a plan of the bundle needs what it requires in the same bundle (L-24)', () => {
  const refusal = { reason: 'dependency', plan: 'insights', anyOf: ['exchange 1', 'exchange 2'] };
  assert.deepEqual(checkBundle(catalogue, all('analytics'), 'group'), refusal);
  assert.equal(checkBundle(catalogue, all('analytics', 'e3'), 'group'), undefined);
  const withoutExchange = [...all('analytics'), { productId: 'e3', disabledPlans: ['exchange 2'] }];
  assert.deepEqual(checkBundle(catalogue, withoutExchange, 'group'), refusal);
});

test('with prerequisites "user" a requirement may be met from elsewhere, an exclusion still is refused (L-24)', () => {
  assert.equal(checkBundle(catalogue, all('analytics'), 'user'), undefined);
  assert.equal(checkBundle(catalogue, all('e1', 'e3'), 'user')?.reason, 'exclusive');
});

test('an exclusion is told before a requirement that is not met', () => {
  const stricter = prepareCatalogue({ ...catalogue.data, requirements: [{ plan: 'teams', anyOf: ['insights'] }] });
  assert.equal(checkBundle(stricter, all('e1', 'e3'), 'group')?.reason, 'exclusive');
});
