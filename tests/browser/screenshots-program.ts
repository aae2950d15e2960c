/**
 * Takes the pictures of docs/portal.md: every page of the portal with the demo tenant, as an administrator sees it.
 *
 *   npm run screenshots            into docs/portal
 *   npm run screenshots -- FOLDER
 *
 * Needs Chromium, as the tests of pages do.
 */
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { buildPortal } from '../../packages/portal/build/build-portal.ts';
import { createLog } from '../../packages/server/src/log.ts';
import { readSettings } from '../../packages/server/src/settings/settings.ts';
import { globalAdministratorId } from '../../packages/server/src/sign-in/roles.ts';
import { type Running, startServer } from '../../packages/server/src/start.ts';
import { chromiumFlags, findChromium } from './browser.ts';
import { enterPortal } from './enter-portal.ts';
import { fetchToken } from '../server.ts';
import { actionsAt } from '../sign-in/office-with-people.ts';

const viewport = { width: 1360, height: 850 };
/** So long after the last answer a page has drawn itself. */
const drawnMs = 800;

interface Shot {
  readonly name: string;
  readonly path: string;
  /** What is clicked before the picture is taken. */
  readonly click?: (page: Page) => Promise<unknown>;
  readonly colorScheme?: 'dark';
}

const folder = resolve(process.argv[2] ?? join(import.meta.dirname, '../../docs/portal'));
const data = await mkdtemp(join(tmpdir(), 'allot-screenshots-'));
await buildPortal();
const settings = readSettings({ ALLOT_PORT: '0', ALLOT_DATA: data, ALLOT_DEMO: 'on', ALLOT_LOG_LEVEL: 'error' });
const running = await startServer(settings, createLog(settings.logLevel));
try {
  await running.summary();
  await mkdir(folder, { recursive: true });
  await takeAll(running);
} finally {
  await running.stop();
  await rm(data, { recursive: true, force: true });
}

async function takeAll({ baseUrl }: Running): Promise<void> {
  const credentials: Record<string, string> = JSON.parse(await readFile(join(data, 'credentials.json'), 'utf8'));
  const { tenantId = '', clientId = '', clientSecret = '' } = credentials;
  const token = await fetchToken(baseUrl, tenantId, clientId, clientSecret);
  const call = async (method: string, path: string, body?: unknown) => {
    const response = await fetch(`${baseUrl}${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: response.status, headers: response.headers, body: JSON.parse((await response.text()) || 'null') };
  };
  const idOf = async (path: string): Promise<string> => String((await call('GET', path)).body.value[0].id);
  const group = await idOf(`/v1.0/groups?$filter=displayName eq 'License - Office 365 E3'`);
  const user = await idOf(`/v1.0/users?$filter=userPrincipalName eq 'mia.obrien@contoso.example'`);
  const product = '6fd2c87f-b296-42f0-b197-1e91e994b900';

  const person = await actionsAt({ baseUrl, tenantId, call }).addPerson('ada@contoso.example', [globalAdministratorId]);
  const browser = await chromium.launch({
    executablePath: findChromium(process.env['CHROMIUM_PATH']),
    args: chromiumFlags,
  });
  try {
    const page = await (await browser.newContext({ viewport, locale: 'en-US' })).newPage();
    await enterPortal(page, baseUrl, person);
    for (const shot of shotsOf({ group, user, product })) await take(page, baseUrl, shot);
  } finally {
    await browser.close();
  }
}

function shotsOf(ids: { readonly group: string; readonly user: string; readonly product: string }): readonly Shot[] {
  return [
    { name: 'overview', path: '/' },
    { name: 'overview-dark', path: '/', colorScheme: 'dark' },
    {
      name: 'search',
      path: '/',
      click: (page) => page.getByRole('combobox', { name: 'Search', exact: true }).fill('mia'),
    },
    { name: 'products', path: '/products' },
    { name: 'product', path: `/products/${ids.product}` },
    { name: 'product-waiting', path: `/products/${ids.product}?tab=waiting` },
    { name: 'product-groups', path: `/products/${ids.product}?tab=groups` },
    { name: 'product-services', path: `/products/${ids.product}?tab=services` },
    { name: 'product-subscriptions', path: `/products/${ids.product}?tab=subscriptions` },
    { name: 'groups', path: '/groups' },
    { name: 'group-errors', path: '/group-errors' },
    { name: 'group', path: `/groups/${ids.group}` },
    { name: 'group-members', path: `/groups/${ids.group}?tab=members` },
    {
      name: 'group-rule',
      path: `/groups/${ids.group}?tab=rule`,
      click: async (page) => {
        await page.getByRole('button', { name: 'Let a rule decide' }).click();
        await page.getByRole('textbox').last().pressSequentially('user.department -eq "Sales" and user.departmnt');
      },
    },
    { name: 'group-properties', path: `/groups/${ids.group}?tab=properties` },
    { name: 'groups-deleted', path: '/groups?deleted' },
    {
      name: 'remove-members',
      path: `/groups/${ids.group}?tab=members`,
      click: async (page) => {
        await page.getByRole('checkbox', { name: 'Select Abigail Campbell' }).check();
        await page.getByRole('button', { name: 'Remove 1 member' }).click();
        await page.getByRole('dialog').getByText('Seats in use').waitFor();
      },
    },
    {
      name: 'assign-licenses',
      path: `/groups/${ids.group}`,
      click: async (page) => {
        await page.getByRole('button', { name: 'Assign licenses' }).click();
        await page.getByRole('checkbox', { name: /Power BI Pro/ }).check();
      },
    },
    { name: 'users', path: '/users' },
    { name: 'user', path: `/users/${ids.user}` },
    { name: 'user-profile', path: `/users/${ids.user}?tab=profile` },
    { name: 'user-history', path: `/users/${ids.user}?tab=history` },
    { name: 'users-in-error', path: '/group-errors?tab=users' },
    { name: 'users-deleted', path: '/users?deleted' },
    { name: 'audit', path: '/audit' },
    { name: 'catalogue', path: '/catalogue' },
    { name: 'catalogue-plans', path: '/catalogue?tab=plans' },
    { name: 'catalogue-rules', path: '/catalogue?tab=rules' },
    { name: 'catalogue-import', path: '/catalogue?tab=import' },
    { name: 'settings', path: '/settings' },
    { name: 'settings-people', path: '/settings?tab=people' },
    { name: 'settings-applications', path: '/settings?tab=applications' },
  ];
}

async function take(page: Page, baseUrl: string, { name, path, click, colorScheme }: Shot): Promise<void> {
  await page.emulateMedia({ colorScheme: colorScheme ?? 'light' });
  await page.goto(`${baseUrl}/portal${path}`);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.waitForTimeout(drawnMs);
  await click?.(page);
  await page.waitForTimeout(drawnMs);
  await page.screenshot({ path: join(folder, `${name}.png`) });
  process.stdout.write(`${name}.png\n`);
}
