import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SubscribedSku } from '@allot/contract';
import { Failure } from '../failure.ts';
import { disabledPlans } from './plans.ts';

const yammer = '7547a3fe-08ee-4ccb-b430-5077c5041653';
const sway = 'a23b959c-7ce8-4e57-9140-b90eb88a9e97';
const teams = '57ff2da0-773e-42df-b2af-ffb7a2317929';

const product = (skuId: string, plans: Readonly<Record<string, string>>): SubscribedSku => ({
  id: `tenant_${skuId}`,
  accountId: 'tenant',
  accountName: 'Contoso',
  appliesTo: 'User',
  capabilityStatus: 'Enabled',
  consumedUnits: 0,
  prepaidUnits: { enabled: 10, warning: 0, suspended: 0, lockedOut: 0 },
  servicePlans: Object.entries(plans).map(([servicePlanName, servicePlanId]) => ({
    servicePlanId,
    servicePlanName,
    appliesTo: 'User',
    provisioningStatus: 'Success',
  })),
  skuId,
  skuPartNumber: skuId.toUpperCase(),
  subscriptionIds: [],
});

const e3 = product('e3', { YAMMER_ENTERPRISE: yammer, SWAY: sway, TEAMS1: teams });
const e1 = product('e1', { YAMMER_ENTERPRISE: yammer, TEAMS1: teams });

test('a plan is switched off in every product that has it, by name or id, in any case', () => {
  const off = disabledPlans([e3, e1], { off: ['yammer_enterprise', sway.toUpperCase()] });
  assert.deepEqual(
    [...off],
    [
      ['e3', [yammer, sway]],
      ['e1', [yammer]],
    ],
  );
});

test('with "only", all other plans are off', () => {
  assert.deepEqual(
    [...disabledPlans([e3, e1], { only: ['YAMMER_ENTERPRISE'] })],
    [
      ['e3', [sway, teams]],
      ['e1', [teams]],
    ],
  );
});

test('without a choice every plan is on', () => {
  assert.deepEqual([...disabledPlans([e1], {})], [['e1', []]]);
});

test('a plan that no product has is refused, with the one that may be meant', () => {
  assert.throws(
    () => disabledPlans([e3], { off: ['SWAI'] }),
    (error) =>
      error instanceof Failure &&
      error.message === "No service plan 'SWAI' in E3." &&
      /Did you mean 'SWAY'\?/.test(error.advice ?? ''),
  );
});
