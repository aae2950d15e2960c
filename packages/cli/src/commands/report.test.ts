import assert from 'node:assert/strict';
import { test } from 'node:test';
import { asObjects } from '../output/rows.ts';
import { productsOf, reportColumns } from './report.ts';

const state = (skuId: string, assignedByGroup: string | null, name = 'Active', error = 'None') => ({
  skuId,
  assignedByGroup,
  state: name,
  error,
  disabledPlans: [],
  lastUpdatedDateTime: null,
});

test('a product that is assigned directly and by two groups is one row that names both groups', () => {
  const user = {
    id: 'u1',
    userPrincipalName: 'adele@contoso.com',
    displayName: 'Adele',
    licenseAssignmentStates: [
      state('e3', 'g1'),
      state('e1', 'g2', 'Error', 'MutuallyExclusiveViolation'),
      state('e3', null),
      state('e3', 'g2', 'ActiveWithError', 'CountViolation'),
    ],
  };
  const columns = reportColumns((skuId) => skuId.toUpperCase(), { of: (id) => `Group ${id}` });
  const common = { userPrincipalName: 'adele@contoso.com', userId: 'u1', displayName: 'Adele' };
  assert.deepEqual(asObjects(columns, productsOf(user)), [
    {
      ...common,
      skuPartNumber: 'E3',
      skuId: 'e3',
      assignedDirectly: true,
      assignedFromGroup: true,
      groups: ['Group g1', 'Group g2'],
      groupIds: ['g1', 'g2'],
      inForce: true,
      errors: ['CountViolation'],
    },
    {
      ...common,
      skuPartNumber: 'E1',
      skuId: 'e1',
      assignedDirectly: false,
      assignedFromGroup: true,
      groups: ['Group g2'],
      groupIds: ['g2'],
      inForce: false,
      errors: ['MutuallyExclusiveViolation'],
    },
  ]);
});

test('a product whose subscriptions are suspended is in force and no error (L-15)', () => {
  const user = {
    id: 'u1',
    userPrincipalName: 'adele@contoso.com',
    displayName: 'Adele',
    licenseAssignmentStates: [state('e3', 'g1', 'Disabled')],
  };
  const columns = reportColumns((skuId) => skuId, { of: (id) => id });
  assert.partialDeepStrictEqual(asObjects(columns, productsOf(user)), [{ inForce: true, errors: [] }]);
});
