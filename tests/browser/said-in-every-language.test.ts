/** What the server says by code, in each language of the portal: mistakes in rules and files, and why something failed. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { sql } from 'kysely';
import { globalAdministratorId } from '../../packages/server/src/sign-in/roles.ts';
import { startOffice } from '../sign-in/office-with-people.ts';
import { startBrowser } from './browser.ts';
import { enterPortal } from './enter-portal.ts';

const office = await startOffice({ after }, { ALLOT_DEMO: 'on' });
const { server } = office;
await server.settled();
const { visitor } = await startBrowser({ after });
const { page, complaints } = await visitor();
await enterPortal(page, server.baseUrl, await office.addPerson('ada@local.example', [globalAdministratorId]));
const main = page.getByRole('main');

const created = await server.call('POST', '/v1.0/groups', {
  displayName: 'By rule',
  mailEnabled: false,
  mailNickname: 'byrule',
  securityEnabled: true,
  groupTypes: ['DynamicMembership'],
  membershipRule: 'user.jobTitle -eq "Controller"',
  membershipRuleProcessingState: 'On',
});
const groupId = String(created.body.id);
await server.settled();
// No rule that can be saved; it stands for one that another version saved.
await sql`
  update allot.directory_group set membership_rule = 'user.department -match "x{1,300}"' where id = ${groupId}
`.execute(server.database.db);
await server.call('POST', `/allot/v1/groups/${groupId}/reprocess`);
await server.settled();

const [user] = (await server.call('GET', '/v1.0/users?$top=1')).body.value;
await server.call('POST', `/v1.0/users/${user.id}/assignLicense`, {
  addLicenses: [{ skuId: randomUUID(), disabledPlans: [] }],
  removeLicenses: [],
});
const [refused] = (await server.call('GET', `/v1.0/auditLogs/directoryAudits?$filter=result eq 'failure'&$top=1`)).body
  .value;

const open = async (path: string): Promise<void> => {
  await page.goto(`${server.baseUrl}/portal${path}`);
  await page.locator('h1').first().waitFor({ state: 'attached' });
};

for (const [language, name] of [
  ['fr', 'Français'],
  ['nl', 'Nederlands'],
  ['zh-hant', '繁體中文'],
] as const) {
  const words = (namespace: string): Readonly<Record<string, string>> =>
    JSON.parse(
      readFileSync(join(import.meta.dirname, '../../packages/portal/src/text', language, `${namespace}.json`), 'utf8'),
    );
  /** A sentence up to the first thing that is filled in, or with what is told here. */
  const said = (namespace: string, key: string, filled: Readonly<Record<string, string>> = {}): string =>
    (words(namespace)[key] ?? key).replaceAll(/{{(\w+)}}/g, (_, place: string) => filled[place] ?? '');

  test(`mistakes in rules and files, failures and refusals are said in ${name}, and nothing of it in English`, async () => {
    await open('/');
    await page.locator('header').getByRole('button').last().click();
    await page.getByRole('menuitemradio', { name, exact: true }).click();

    await open(`/groups/${groupId}?tab=rule`);
    const stored = said('rule-problems', 'patternRepeats', { pattern: 'x{1,300}' });
    await main.getByText(stored).first().waitFor();
    const rule = page.getByRole('textbox', { name: words('rule')['label'] ?? '', exact: true });
    await rule.fill('user.departmnt -eq "Sales"');
    const problem = said('rule-problems', 'propertyUnknown', { found: 'user.departmnt' });
    const hint = said('rule-problems', 'hint_didYouMean', { meant: 'user.department' });
    await main.getByText(said('rule', 'problem', { problem, hint })).waitFor();
    assert.doesNotMatch(await main.innerText(), /not a property|Did you mean|repeats too much/);

    await open('/catalogue?tab=import');
    await page.locator('input[type=file]').setInputFiles({
      name: 'products.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from('GUID,String_Id\n1,2\n'),
    });
    await main.getByText(said('import-sentences', 'columnMissing')).first().waitFor();
    assert.doesNotMatch(await main.innerText(), /this column is missing/);

    await open(`/audit?entry=${encodeURIComponent(refused.id)}`);
    const panel = page.getByRole('dialog');
    await panel.getByText(said('problems', 'ProductNotOwned')).waitFor();
    // The server's own words stand below, marked as English.
    await panel.locator('[lang=en]').getByText(refused.resultReason).waitFor();
    assert.deepEqual(complaints, []);
  });
}
