import type { ResourceProperty } from '@allot/contract';
import { selectable } from '../query/select.ts';

const all = (...names: readonly string[]): readonly ResourceProperty[] =>
  names.map((name) => ({ name, returned: 'default', empty: null }));

export const subscribedSkuType = selectable(
  'microsoft.graph.subscribedSku',
  all(
    'accountId',
    'accountName',
    'appliesTo',
    'capabilityStatus',
    'consumedUnits',
    'id',
    'skuId',
    'skuPartNumber',
    'subscriptionIds',
    'prepaidUnits',
    'servicePlans',
  ),
);

export const licenseDetailsType = selectable(
  'microsoft.graph.licenseDetails',
  all('id', 'skuId', 'skuPartNumber', 'servicePlans'),
);
