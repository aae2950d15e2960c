import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PastLicense } from '@allot/contract';
import { changesOf } from '../../packages/portal/src/pages/users/history/changes-of.ts';

const license = (part: Partial<PastLicense>): PastLicense => ({
  skuId: 'e3',
  skuPartNumber: 'ENTERPRISEPACK',
  source: 'direct',
  sourceName: '',
  state: 'Active',
  error: 'None',
  disabledPlans: [],
  servicePlans: ['mail', 'sites'],
  ...part,
});

test('the history tells what came, what went and what changed, and leaves out what stayed', () => {
  const before = [license({}), license({ source: 'sales' }), license({ skuId: 'ems', servicePlans: ['intune'] })];
  const after = [
    license({ servicePlans: ['mail'] }),
    license({ source: 'sales' }),
    license({ skuId: 'visio', state: 'Error', servicePlans: [] }),
  ];
  assert.deepEqual(
    changesOf(before, after).map(({ skuId, source, before: was, after: is, gained, lost }) => [
      `${skuId} ${source}: ${was?.state ?? 'none'} to ${is?.state ?? 'none'}`,
      gained,
      lost,
    ]),
    [
      ['e3 direct: Active to Active', [], ['sites']],
      ['visio direct: none to Error', [], []],
      ['ems direct: Active to none', [], ['intune']],
    ],
  );
});
