import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { after, test } from 'node:test';
import type { Page } from 'playwright-core';
import { roles } from '../../packages/server/src/sign-in/roles.ts';
import { type SignInPerson, startOffice } from '../sign-in/office-with-people.ts';
import { testServer } from '../server.ts';
import { assertAccessible } from './accessible.ts';
import { startBrowser } from './browser.ts';

/** The issuer must know the address of the other server before that one starts. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  // `as`: it listens on a port.
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

const port = await freePort();
const baseUrl = `http://localhost:${port}`;

const issuer = await startOffice({ after });
const { body: application } = await issuer.server.call('POST', '/allot/v1/applications', {
  displayName: 'Licensing',
  publicClient: true,
  redirectUris: [`${baseUrl}/portal/signed-in`, `${baseUrl}/portal/`],
});
const issuerUrl = `${issuer.server.baseUrl}/${issuer.server.tenantId}/v2.0`;
await testServer(
  { after },
  {
    demo: true,
    settings: {
      ALLOT_PORT: String(port),
      ALLOT_BASE_URL: baseUrl,
      ALLOT_OIDC_ISSUER: issuerUrl,
      ALLOT_OIDC_AUDIENCE: issuer.server.baseUrl,
      // The ids of the roles that a person has there.
      ALLOT_OIDC_ROLE_CLAIM: 'wids',
      ALLOT_OIDC_PORTAL_CLIENT_ID: String(application.id),
    },
  },
);
const { visitor } = await startBrowser({ after });

const roleNamed = (name: string): string => roles.find(({ displayName }) => displayName === name)?.id ?? '';
const elsewhere = new URL(issuerUrl).host;
const signInElsewhere = (page: Page) => page.getByRole('button', { name: `Sign in at ${elsewhere}` });

async function signIn(page: Page, person: SignInPerson, path = '/'): Promise<void> {
  await page.goto(`${baseUrl}/portal${path}`);
  await signInElsewhere(page).click();
  await page.waitForURL((url) => url.host === elsewhere);
  await page.getByLabel('Name').fill(person.name);
  await page.getByLabel('Password').fill(person.password);
  await page.getByLabel('Code of the authenticator app').fill(person.code());
  await page.getByRole('button', { name: 'Sign in' }).click();
}

test('who signs in at an issuer of the organization works here, with the role that the issuer says, and signs out', async () => {
  const { page, complaints } = await visitor();
  const person = await issuer.addPerson('lea@corp.example', [roleNamed('License Administrator')]);
  await page.goto(`${baseUrl}/portal/users`);
  await signInElsewhere(page).waitFor();
  await assertAccessible(page, 'the page that asks where to sign in');
  await signIn(page, person, '/users');
  await page.getByRole('heading', { level: 1, name: 'Users' }).waitFor();
  assert.equal(page.url(), `${baseUrl}/portal/users`);
  await page.getByRole('table').getByRole('link').first().click();
  await page.getByRole('button', { name: 'Assign licenses', exact: true }).waitFor();
  assert.equal(await page.getByRole('button', { name: 'Delete user', exact: true }).count(), 0);

  await page.reload();
  await page.getByRole('button', { name: 'Assign licenses', exact: true }).waitFor();
  await page.getByRole('button', { name: 'Your account' }).click();
  await page.getByText('License Administrator').waitFor();
  await page.getByText('lea@corp.example').first().waitFor();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.waitForURL((url) => url.host === elsewhere);
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.waitForURL(`${baseUrl}/portal/`);
  await signInElsewhere(page).click();
  await page.getByLabel('Password').waitFor();
  assert.deepEqual(complaints, []);
  await page.context().close();
});

test('who has no role at the issuer is told where roles come from', async () => {
  const { page } = await visitor();
  await signIn(page, await issuer.addPerson('noe@corp.example'));
  await page.getByRole('heading', { level: 1, name: 'You have no role yet' }).waitFor();
  await page.getByText(`yours come from ${elsewhere}`).waitFor();
  await assertAccessible(page, 'the page of somebody without a role of the issuer');
  await page.getByRole('main').getByRole('button', { name: 'Sign out' }).click();
  await page.waitForURL((url) => url.host === elsewhere);
  await page.context().close();
});

test('the sign-in of this installation is there beside that of the issuer', async () => {
  const { page } = await visitor();
  await page.goto(`${baseUrl}/portal/`);
  await page.getByRole('button', { name: 'Sign in with an account of this installation' }).click();
  await page.waitForURL((url) => url.host === `localhost:${port}` && url.pathname.includes('/sign-in/'));
  await page.context().close();
});

test('who cancels at the issuer is told so, and can try again', async () => {
  const { page } = await visitor();
  await page.goto(`${baseUrl}/portal/`);
  await signInElsewhere(page).click();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('heading', { level: 1, name: 'Signing in did not work' }).waitFor();
  await page.getByRole('button', { name: 'Try again' }).click();
  await signInElsewhere(page).waitFor();
  await page.context().close();
});

test('when the issuer does not answer, the page says so and what to do', async () => {
  const { page } = await visitor();
  await page.route(`${issuerUrl}/**`, (route) => route.abort());
  await page.goto(`${baseUrl}/portal/`);
  await signInElsewhere(page).click();
  await page.getByText(`${elsewhere} does not answer, or does not allow this address to ask it.`).waitFor();
  await page.getByRole('button', { name: 'Try again' }).waitFor();
  await page.context().close();
});
