/** What is done with products, the catalogue and the settings, from before to after, and what is written to files. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, test } from 'node:test';
import { startDesk } from './demo-desk.ts';

const desk = await startDesk({ after });
const { page, server, dialog, button, confirm, finish, pick, open, idOf, skuOf, read, send, errorOf } = desk;

const tab = (name: string | RegExp) => page.getByRole('tab', { name }).click();
const visio = (await skuOf('VISIOCLIENT')).skuId;
const seats = async (skuId: string) => {
  await server.settled();
  const { products } = await read('/allot/v1/summary');
  return products.find((one: { skuId: string }) => one.skuId === skuId);
};

test('a subscription is added: who waits gets its seats, the others are free, as was said', async () => {
  await open(`/products/${visio}?tab=subscriptions`);
  await button('Add subscription').click();
  await dialog.getByRole('spinbutton', { name: 'Seats' }).fill('20');
  await dialog.getByText('17 users get Visio Plan 2').waitFor();
  await dialog.getByRole('row', { name: 'Visio Plan 2 50 67 3' }).waitFor();
  await confirm('Add subscription');
  await page.getByText('67 of 70 seats used').waitFor();
  await page.getByRole('tab', { name: 'Waiting line (0)' }).click();
  await page.getByText('Nobody waits for a seat.').waitFor();
  assert.deepEqual(
    [(await seats(visio)).usable, (await seats(visio)).consumed, (await seats(visio)).waiting],
    [70, 67, 0],
  );
});

test('a subscription that begins later gives no seat yet; one ends on a day; another is taken away at once', async () => {
  const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
  await open(`/products/${visio}?tab=subscriptions`);
  await button('Add subscription').click();
  await dialog.getByRole('spinbutton', { name: 'Seats' }).fill('5');
  await dialog.getByLabel('Start').fill(inDays(30));
  await dialog.getByText('Nobody gains or loses anything.').waitFor();
  await confirm('Add subscription');
  const row = (units: string) =>
    page.getByRole('row').filter({ has: page.getByRole('cell', { name: units, exact: true }) });
  await row('5').getByText('Begins later').waitFor();

  await button('End', row('50')).click();
  await dialog.getByText(/^From that day on its seats stay usable for the warning period/).waitFor();
  await dialog.getByLabel('End', { exact: true }).fill(inDays(10));
  await confirm('Set the end');
  await row('50').getByText('No end').waitFor({ state: 'detached' });

  await button('End', row('20')).click();
  await dialog.getByRole('radio', { name: 'Take its seats away now' }).check();
  await dialog.getByText(/^17 seats too many are in use then\. Nobody loses anything/).waitFor();
  await confirm('Take seats away');
  await row('20').waitFor({ state: 'detached' });
  const { usable, consumed } = await seats(visio);
  assert.deepEqual([usable, consumed], [50, 67]);
  const { value } = await read('/allot/v1/subscriptions');
  const own = value.filter((one: { skuId: string }) => one.skuId === visio);
  const facts = own.map(({ units, endDateTime }: { units: number; endDateTime: string | null }) => [
    units,
    endDateTime !== null,
  ]);
  assert.deepEqual(facts.toSorted(), [
    [5, false],
    [50, true],
  ]);
});

test('a product is assigned to users and to a group together, then found under users and groups, and taken from them', async () => {
  const { skuId } = await skuOf('MCOMEETADV');
  const product = 'Microsoft 365 Audio Conferencing';
  const group = await send('POST', '/v1.0/groups', {
    displayName: 'Conference rooms',
    mailEnabled: false,
    mailNickname: 'conference-rooms',
    securityEnabled: true,
  });
  await send('PATCH', `/allot/v1/groups/${group.id}/licensing`, { prerequisites: 'user' });
  await open(`/products/${skuId}`);
  await button('Assign').click();
  for (const name of ['Kayla Johnson', 'Denise Baker', 'Conference rooms']) await pick('Users and groups', name);
  await button('Next', dialog).click();
  await dialog.getByText(`2 users get ${product}`).waitFor();
  await button('Assign', dialog).click();
  await dialog.getByText('Done for 2; refused for 0.').waitFor();
  await button('Close', dialog).click();
  await dialog.getByText('Assign licenses to Conference rooms').waitFor();
  await dialog.getByRole('button', { name: 'Assign', exact: true, disabled: false }).waitFor();
  await finish('Assign', /^The change is accepted\./);

  const filter = page.getByRole('searchbox', { name: 'Filter' });
  const select = async (name: string) => {
    await filter.fill(name);
    await page
      .getByRole('row', { name: new RegExp(name) })
      .getByText('Direct')
      .waitFor();
    await page.getByRole('checkbox', { name: `Select ${name}` }).check();
  };
  for (const name of ['Kayla Johnson', 'Denise Baker']) await select(name);
  await button('Remove direct licenses').click();
  await dialog.getByText(`2 users lose ${product} from this source`).waitFor();
  await finish('Remove', 'Done for 2; refused for 0.');
  await page.getByRole('row', { name: /Denise Baker/ }).waitFor({ state: 'detached' });
  assert.equal(await errorOf(await idOf('users', 'kayla.johnson'), 'MCOMEETADV', 'direct'), undefined);

  await tab('Licensed groups');
  await page.getByRole('link', { name: 'Conference rooms' }).click();
  await page.getByRole('heading', { level: 1, name: 'Conference rooms' }).waitFor();
  assert.equal((await read(`/v1.0/groups/${group.id}?$select=assignedLicenses`)).assignedLicenses[0].skuId, skuId);
});

test('each setting is saved after its effect is seen, and read back', async () => {
  await open('/settings');
  const country = page.getByRole('combobox', { name: 'Country or region' });
  await country.fill('Germany');
  await page.getByRole('option', { name: 'Germany' }).click();
  await page.getByRole('radio', { name: /^Current/ }).check();
  await page.getByRole('switch', { name: 'Reacts by itself' }).uncheck();
  await page.getByRole('switch', { name: 'Goes at once' }).check();
  await page.getByRole('radio', { name: 'The group stays until the errors are solved' }).check();
  await page.getByLabel('Grace period', { exact: true }).fill('14');
  await page.getByLabel('Suspension lasts').fill('60');
  await page.getByRole('switch', { name: 'Keep forever' }).uncheck();
  await page.getByLabel('Keep entries for').fill('400');
  await page.getByText('8 unsaved changes').waitFor();
  await button('Review and save…').click();
  await dialog
    .getByText('Nobody’s licenses change by this.')
    .or(dialog.getByText(/^For \d+ users/))
    .waitFor();
  await confirm('Save');
  await page.getByText('Saved.').waitFor();
  const settings = await read('/allot/v1/settings');
  assert.partialDeepStrictEqual(settings, {
    defaultUsageLocation: 'DE',
    ruleSet: 'current',
    autoResolve: false,
    keepUntilReplaced: true,
    gracePeriod: 'P14D',
    suspendedPeriod: 'P60D',
    auditRetention: 'P400D',
  });
  await open('/settings');
  await page.getByRole('radio', { name: /^Current/, checked: true }).waitFor();
  assert.equal(await page.getByLabel('Grace period', { exact: true }).inputValue(), '14');
  await button('Discard changes').waitFor({ state: 'detached' });
});

test('the audit log is filtered by address, an entry opens there, and Back closes it', async () => {
  await open('/audit?activity=Update+settings');
  const table = page.getByRole('table', { name: 'Audit log' });
  await table.getByRole('link', { name: 'Update settings' }).first().click();
  await page.waitForURL(/entry=/);
  const deep = page.url();
  await dialog.getByRole('row').filter({ hasText: 'Grace period' }).waitFor();
  await page.goBack();
  await dialog.waitFor({ state: 'detached' });
  assert.match(page.url(), /activity=Update\+settings/);
  await page.goto(deep);
  await dialog.getByRole('row').filter({ hasText: 'Grace period' }).waitFor();
});

test('a file that is no product list is refused, and nothing is imported', async () => {
  const before = (await read('/allot/v1/catalogue/products')).value.length;
  await open('/catalogue?tab=import');
  await page.locator('input[type=file]').setInputFiles({
    name: 'notes.txt',
    mimeType: 'text/plain',
    buffer: Buffer.from('This is a letter.\nIt has no columns.\n'),
  });
  await page.getByRole('alert').first().waitFor();
  assert.equal(await button('Import exactly this').count(), 0);
  assert.equal((await read('/allot/v1/catalogue/products')).value.length, before);
});

/** What the button of an export writes, as rows of cells. None of these lists has a line break in a cell. */
async function exported(): Promise<string[][]> {
  const [download] = await Promise.all([page.waitForEvent('download'), button('Export as CSV').click()]);
  const text = await readFile(await download.path(), 'utf8');
  assert.ok(text.startsWith('\uFEFF'));
  return text
    .slice(1)
    .trimEnd()
    .split('\r\n')
    .map((line) =>
      [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
        ([, quoted, bare]) => quoted?.replaceAll('""', '"') ?? bare ?? '',
      ),
    );
}

test('lists are exported as they are filtered, with everything that the API has', async () => {
  await open('/users?location=DE');
  await page.getByRole('link').filter({ hasText: /\w/ }).first().waitFor();
  const { value } = await read(`/v1.0/users?$filter=usageLocation eq 'DE'&$select=id&$top=999`);
  const users = await exported();
  assert.deepEqual(new Set(users.slice(1).map(([id]) => id)), new Set(value.map(({ id }: { id: string }) => id)));
  assert.equal(users.length - 1, value.length);
  assert.deepEqual(users[0], ['id', 'Name', 'User principal name', 'Usage location', 'Products']);

  await open('/groups');
  const groups = await read('/v1.0/groups?$select=id,displayName&$top=999');
  const rows = await exported();
  const named = (id: string | undefined, name: string | undefined) => `${id} ${name}`;
  assert.deepEqual(
    new Set(rows.slice(1).map(([id, name]) => named(id, name))),
    new Set(groups.value.map((one: { id: string; displayName: string }) => named(one.id, one.displayName))),
  );

  await open('/users?error');
  const inError = await read('/allot/v1/users/errors?source=any&$top=500');
  assert.equal((await exported()).length - 1, inError.value.length);
});

test('the search box finds a user and a group by keyboard from any page', async () => {
  await open('/settings');
  const search = page.getByRole('combobox', { name: 'Search' });
  for (const [text, heading] of [
    ['zoé garnier', 'Zoé Garnier'],
    ['license - vis', 'License - Visio'],
  ] as const) {
    await search.focus();
    await page.keyboard.type(text);
    await page
      .getByRole('option', { name: new RegExp(`^${heading}`) })
      .first()
      .waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: heading }).waitFor();
  }
});
