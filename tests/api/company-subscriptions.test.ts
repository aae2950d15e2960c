import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { expectStatus, skus, startApi } from './api-server.ts';
import { at, listAt, pick, textAt } from './json.ts';

const server = await startApi({ after });
const get = (path: string) => server.call('GET', `/v1.0/directory/subscriptions${path}`);

async function subscription(body: object): Promise<string> {
  return textAt(await expectStatus(201, server.call('POST', '/allot/v1/subscriptions', body)), 'id');
}

const e3 = await subscription({ skuId: skus.e3, units: 7, endDateTime: '2090-01-01T00:00:00Z' });
const ems = await subscription({ skuId: skus.ems, units: 3, status: 'Suspended' });
const coming = await subscription({ skuId: skus.e1, units: 1, startDateTime: '2080-01-01T00:00:00Z' });

const idsOf = async (filter: string) => {
  const { status, body } = await get(`?$filter=${encodeURIComponent(filter)}`);
  assert.equal(status, 200, JSON.stringify(body));
  return listAt(body, 'value').map((one) => textAt(one, 'id'));
};

test('each subscription of the organization is shown with its product, seats, status and plans', async () => {
  const { body } = await get('');
  assert.match(textAt(body, '@odata.context'), /\$metadata#directory\/subscriptions$/);
  const found = listAt(body, 'value').find((one) => at(one, 'id') === e3);
  assert.deepEqual(
    pick(
      found,
      'commerceSubscriptionId',
      'isTrial',
      'nextLifecycleDateTime',
      'skuId',
      'skuPartNumber',
      'status',
      'totalLicenses',
    ),
    {
      commerceSubscriptionId: e3,
      isTrial: false,
      nextLifecycleDateTime: '2090-01-01T00:00:00.000Z',
      skuId: skus.e3,
      skuPartNumber: 'ENTERPRISEPACK',
      status: 'Enabled',
      totalLicenses: 7,
    },
  );
  assert.equal(at(found, 'ownerTenantId'), server.ctx.tenantId);
  assert.ok(listAt(found, 'serviceStatus').every((plan) => at(plan, 'provisioningStatus') === 'Success'));
  const suspended = (await get(`/${ems}`)).body;
  assert.ok(listAt(suspended, 'serviceStatus').every((plan) => at(plan, 'provisioningStatus') === 'Disabled'));
});

test('one is found by either key, and one that is not there by none', async () => {
  for (const path of [`/${e3}`, `(commerceSubscriptionId='${e3}')`, `('${e3}')`]) {
    const { status, body } = await get(`${path}?$select=id,totalLicenses`);
    assert.deepEqual([status, pick(body, 'id', 'totalLicenses')], [200, { id: e3, totalLicenses: 7 }], path);
  }
  assert.equal((await get('/99999999-9999-4999-8999-999999999999')).status, 404);
  assert.equal((await get("(commerceSubscriptionId='nothing')")).status, 400);
});

test('they are filtered by what they are, and one that is to come is suspended', async () => {
  assert.deepEqual(await idsOf(`skuId eq '${skus.e3}'`), [e3]);
  assert.deepEqual(await idsOf("status eq 'Enabled' and isTrial eq false"), [e3]);
  assert.deepEqual(new Set(await idsOf("status eq 'Suspended'")), new Set([ems, coming]));
  assert.deepEqual(await idsOf("startsWith(skuPartNumber, 'enterprise')"), [e3]);
  assert.deepEqual(await idsOf(`commerceSubscriptionId eq '${ems}'`), [ems]);
  assert.deepEqual(await idsOf('nextLifecycleDateTime gt 2085-01-01T00:00:00Z'), [e3]);
  assert.equal((await get('?$filter=totalLicenses%20eq%207')).status, 400);
  assert.equal((await get('?$filter=nothing%20eq%207')).status, 400);
});

test('pages of one show each of them once', async () => {
  const ids: string[] = [];
  for (let path: string | undefined = '/v1.0/directory/subscriptions?$top=1&$select=id'; path !== undefined; ) {
    const { body } = await server.call('GET', path);
    ids.push(...listAt(body, 'value').map((one) => textAt(one, 'id')));
    const next = at(body, '@odata.nextLink');
    path = typeof next === 'string' ? new URL(next).pathname + new URL(next).search : undefined;
  }
  assert.deepEqual(ids, [e3, ems, coming].toSorted());
});
