import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { globalAdministratorId, roles } from '../../packages/server/src/sign-in/roles.ts';
import { startOffice } from '../sign-in/office-with-people.ts';
import { assertAccessible } from './accessible.ts';
import { startBrowser } from './browser.ts';
import { enterPortal } from './enter-portal.ts';

const office = await startOffice({ after });
const { server } = office;
const { visitor } = await startBrowser({ after });
const admin = await office.addPerson('ada@local.example', [globalAdministratorId]);
const { page, complaints } = await visitor();
page.setDefaultTimeout(15_000);
await enterPortal(page, server.baseUrl, admin);

const open = async (path: string): Promise<void> => {
  await page.setViewportSize({ width: 1360, height: 850 });
  await page.goto(`${server.baseUrl}/portal${path}`);
  await page.getByRole('heading', { level: 1 }).waitFor();
};

test('the overview of a new organization says what to do first, and leads there', async () => {
  await open('/');
  const steps = page.getByRole('list').filter({ hasText: 'Add seats' }).getByRole('listitem');
  await steps.first().waitFor();
  assert.deepEqual(
    (await steps.allInnerTexts()).map((text) => text.split('\n')[0]),
    ['Add seats', 'Add users', 'Create a group', 'Assign licenses to the group'],
  );
  await assertAccessible(page, 'the overview of a new organization');
  await open('/');
  await page.getByRole('link', { name: 'Choose a product', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: 'Catalogue' }).waitFor();
});

test('lists that are empty say what to do, and to whoever may only read who does it', async () => {
  await open('/users');
  await page.getByText(/^Create a user here/).waitFor();
  await open('/groups');
  await page.getByText(/^Create a group here/).waitFor();
  await open('/products');
  await page.getByRole('link', { name: 'To the catalogue' }).waitFor();
  const reader = roles.find(({ displayName }) => displayName === 'Global Reader')?.id ?? '';
  const rita = await office.addPerson('rita@local.example', [reader]);
  const { page: hers } = await visitor();
  await enterPortal(hers, server.baseUrl, rita, '/groups');
  await hers.getByText('A Groups Administrator can create groups.').waitFor();
  await hers.goto(`${server.baseUrl}/portal/`);
  await hers.getByText('No product has seats yet.').waitFor();
  assert.equal(await hers.getByRole('heading', { name: 'First steps' }).count(), 0);
  await hers.context().close();
});

test('names as long as can be make no page wider than the screen', async () => {
  const long = `Everybody of ${'polar-logistics and ice-breaking '.repeat(4)}${'x'.repeat(40)}`;
  const partNumber = 'POLAR_LOGISTICS_AND_ICE_BREAKING_'.repeat(4);
  const skuId = '6b9ec8f0-34a5-4b7a-8f0e-0f4a3b9b1d11';
  const { value: plans } = (await server.call('GET', '/allot/v1/catalogue/plans')).body;
  const done = [
    await server.call('PUT', `/allot/v1/catalogue/products/${skuId}`, {
      skuPartNumber: partNumber,
      displayName: long,
      servicePlans: [plans[0].servicePlanId],
    }),
    await server.call('POST', '/allot/v1/subscriptions', { skuId, units: 5 }),
    await server.call('POST', '/v1.0/groups', {
      displayName: long,
      mailNickname: 'long',
      mailEnabled: false,
      securityEnabled: true,
    }),
  ];
  const groupId = String(done.at(-1)?.body.id);
  done.push(
    await server.call('POST', `/v1.0/groups/${groupId}/assignLicense`, {
      addLicenses: [{ skuId, disabledPlans: [] }],
      removeLicenses: [],
    }),
  );
  assert.deepEqual(
    done.map(({ status }) => status < 300),
    [true, true, true, true],
  );
  await server.settled();
  for (const path of [
    '/',
    '/groups',
    `/groups/${groupId}`,
    `/groups/${groupId}?tab=properties`,
    `/products/${skuId}`,
    `/catalogue?product=${skuId}`,
  ]) {
    await open(path);
    await page
      .getByText(/polar-logistics/i)
      .first()
      .waitFor();
    await page.setViewportSize({ width: 700, height: 900 });
    const wider = await page.evaluate(
      `Math.max(...[document.documentElement, ...document.querySelectorAll('main')].map((one) => one.scrollWidth - one.clientWidth))`,
    );
    assert.ok(Number(wider) <= 0, `${path} is ${String(wider)} pixels wider than its place`);
  }
});

test('no page asked for what its own security policy forbids', () => assert.deepEqual(complaints, []));
