import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type CatalogueData, firstConflict, type PlanData, prepareCatalogue } from './catalogue.ts';

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

const catalogueOf = (data: Partial<CatalogueData>) =>
  prepareCatalogue({ plans: [], products: [], exclusions: [], requirements: [], ...data });

test('countries in which the same plans are prohibited are one place, and the rest of the world is another', () => {
  const catalogue = catalogueOf({
    plans: [
      plan('a', { deny: ['CN', 'RU'] }),
      plan('b', { deny: ['RU', 'CN'] }),
      plan('c', { deny: ['IN'] }),
      plan('d'),
    ],
  });
  const places = ['CN', 'RU', 'IN', 'DE', null].map((country) => catalogue.placeOf(country));
  assert.deepEqual(places, ['CN', 'CN', 'IN', '', '']);
  assert.deepEqual(catalogue.idsOf(catalogue.prohibitedIn('CN')), ['a', 'b']);
  assert.deepEqual(catalogue.idsOf(catalogue.prohibitedIn('')), []);
});

test('a plan offered only in listed countries is prohibited in no country, one denied in listed countries is not', () => {
  const catalogue = catalogueOf({ plans: [plan('listed', { allow: ['US'] }), plan('denied', { deny: ['CN'] })] });
  assert.deepEqual(catalogue.idsOf(catalogue.prohibitedIn(catalogue.placeOf(null))), ['listed']);
  assert.deepEqual(catalogue.idsOf(catalogue.prohibitedIn(catalogue.placeOf('US'))), []);
  assert.deepEqual(catalogue.idsOf(catalogue.prohibitedIn(catalogue.placeOf('CN'))), ['denied', 'listed']);
});

test('a country that a rule names and that differs from nowhere in nothing is nowhere', () => {
  const catalogue = catalogueOf({
    plans: [plan('a', { deny: [] }), plan('b', { allow: ['US'] }), plan('c', { deny: ['US'] })],
  });
  assert.equal(catalogue.placeOf('DE'), '');
  assert.deepEqual(catalogue.places, new Map([['US', 'US']]));
});

test('a place stands for its countries: the same plans are prohibited there, whatever the rules', () => {
  const countries = ['CN', 'DE', 'IN', 'US'];
  const rule = fc.oneof(
    fc.constant({}),
    fc.subarray(countries).map((deny) => ({ deny })),
    fc.subarray(countries).map((allow) => ({ allow })),
  );
  fc.assert(
    fc.property(fc.array(rule, { minLength: 1, maxLength: 5 }), (rules) => {
      const plans = rules.map((some, at) => plan(`plan ${at}`, some));
      const catalogue = catalogueOf({ plans });
      for (const country of [...countries, 'FR', null]) {
        const prohibited = plans.filter(({ deny, allow }) =>
          allow ? country === null || !allow.includes(country) : country !== null && deny?.includes(country),
        );
        assert.deepEqual(
          catalogue.idsOf(catalogue.prohibitedIn(catalogue.placeOf(country))),
          prohibited.map(({ planId }) => planId),
        );
      }
    }),
  );
});

test('plans of another catalogue keep their positions, so that sets of both can be compared (L-21)', () => {
  const older = catalogueOf({ plans: [plan('b'), plan('d')] });
  const newer = { plans: [plan('a'), plan('b'), plan('c')] };
  const all = ['a', 'b', 'c', 'd'];
  assert.deepEqual(prepareCatalogue({ ...older.data, ...newer }, ['b', 'd']).planIds, all);
  assert.deepEqual(prepareCatalogue(older.data, ['a', 'b', 'c']).planIds, all);
});

test('what a rule or product names and the catalogue does not have is left out', () => {
  const catalogue = catalogueOf({
    plans: [plan('a')],
    products: [{ productId: 'p', skuPartNumber: 'P', displayName: 'P', appliesTo: 'User', planIds: ['a', 'gone'] }],
    exclusions: [{ name: 'x', plans: ['a', 'gone'] }],
    requirements: [
      { plan: 'gone', anyOf: ['a'] },
      { plan: 'a', anyOf: ['gone'] },
    ],
  });
  assert.deepEqual(catalogue.idsOf(catalogue.products.get('p')?.plans ?? catalogue.none), ['a']);
  assert.equal(firstConflict(catalogue, catalogue.setOf(['a', 'gone'])), undefined);
  // A requirement that nothing can meet stays: a rule that cannot be checked must not be taken for met.
  assert.deepEqual(
    catalogue.requirements.map((rule) => [catalogue.planIds[rule.plan], catalogue.idsOf(rule.anyOf)]),
    [['a', []]],
  );
});

test('a conflict is told as the first set that forbids it and two plans of it', () => {
  const catalogue = catalogueOf({
    plans: ['a', 'b', 'c', 'd'].map((id) => plan(id)),
    exclusions: [
      { name: 'first', plans: ['a', 'd'] },
      { name: 'second', plans: ['b', 'c', 'd'] },
    ],
  });
  assert.equal(firstConflict(catalogue, catalogue.setOf(['a', 'b'])), undefined);
  assert.deepEqual(firstConflict(catalogue, catalogue.setOf(['a', 'b', 'c'])), { name: 'second', bits: [1, 2] });
  assert.deepEqual(firstConflict(catalogue, catalogue.setOf(['a', 'b', 'c', 'd'])), { name: 'first', bits: [0, 3] });
});
