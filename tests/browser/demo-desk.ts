import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';
import { globalAdministratorId } from '../../packages/server/src/sign-in/roles.ts';
import type { TestScope } from '../database.ts';
import type { TestServer } from '../server.ts';
import { startOffice } from '../sign-in/office-with-people.ts';
import { startBrowser } from './browser.ts';
import { enterPortal } from './enter-portal.ts';

/** What does not come within this, does not come. */
const patienceMs = 20_000;

/** The demo tenant, settled, with an administrator at a desk who has signed in; and what tests of clicks do there. */
export async function startDesk(scope: TestScope) {
  const office = await startOffice(scope, { ALLOT_DEMO: 'on' });
  const { server } = office;
  await server.settled();
  const { visitor } = await startBrowser(scope);
  const { page, complaints } = await visitor();
  page.setDefaultTimeout(patienceMs);
  await page.setViewportSize({ width: 1360, height: 850 });
  const person = await office.addPerson('ada@local.example', [globalAdministratorId]);
  await enterPortal(page, server.baseUrl, person);
  scope.after(() => Promise.resolve(assert.deepEqual(complaints, [], 'against the security policy of the page')));
  return { ...office, visitor, person, page, ...questionsTo(server), ...clicksOn(page, server) };
}

/** What tests ask and tell the server by its API. */
function questionsTo(server: TestServer) {
  const read = async (path: string): Promise<ReturnType<typeof JSON.parse>> => {
    const { status, body } = await server.call('GET', path);
    assert.equal(status, 200, `${path}: ${JSON.stringify(body)}`);
    return body;
  };
  const send = async (method: string, path: string, body?: unknown): Promise<ReturnType<typeof JSON.parse>> => {
    const answer = await server.call(method, path, body);
    assert.ok(answer.status < 300, `${method} ${path}: ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
  const skuOf = async (part: string) => {
    const { value } = await read('/v1.0/subscribedSkus');
    const sku: { skuId: string; servicePlans: { servicePlanId: string; servicePlanName: string }[] } = value.find(
      (one: { skuPartNumber: string }) => one.skuPartNumber === part,
    );
    return sku;
  };
  return {
    read,
    send,
    skuOf,
    /** By what somebody is called; of users also by the part of the principal name before the @. */
    idOf: async (kind: 'users' | 'groups', name: string): Promise<string> => {
      const isPrincipal = kind === 'users' && name.includes('.');
      const filter = isPrincipal
        ? `userPrincipalName eq '${name}@contoso.example'`
        : `displayName eq '${name.replaceAll("'", "''")}'`;
      const { value } = await read(`/v1.0/${kind}?$filter=${filter}`);
      assert.ok(value.length > 0, `There is no ${name}.`);
      return String(value[0].id);
    },
    /** Of the first subscription of a product. */
    subscriptionOf: async (part: string): Promise<string> => {
      const { skuId } = await skuOf(part);
      const { value } = await read('/allot/v1/subscriptions');
      return String(value.find((one: { skuId: string }) => one.skuId === skuId).id);
    },
    /** An assignment of a product without some of its plans, as `assignLicense` takes it. */
    without: async (part: string, planNames: readonly string[] = []) => {
      const { skuId, servicePlans } = await skuOf(part);
      const off = servicePlans.filter(({ servicePlanName }) => planNames.includes(servicePlanName));
      const disabledPlans = off.map(({ servicePlanId }) => servicePlanId);
      return { addLicenses: [{ skuId, disabledPlans }], removeLicenses: [] };
    },
    /** What is said of a user's way to a product: its error, `None`, or undefined where there is no such way. */
    errorOf: async (userId: string, part: string, source?: string): Promise<string | undefined> => {
      await server.settled();
      const { value } = await read(`/allot/v1/users/${userId}/explanation`);
      const found = value.find(
        (one: { skuPartNumber: string; source: string }) =>
          one.skuPartNumber === part && (source === undefined || one.source === source),
      );
      return found?.error;
    },
    /** The causes of a group's errors, as "error part number" with how many users. */
    causesOf: async (groupId: string): Promise<Readonly<Record<string, number>>> => {
      await server.settled();
      const { value } = await read(`/allot/v1/groups/${groupId}/errors`);
      return Object.fromEntries(
        value.map((one: { error: string; skuPartNumber: string; count: number }) => [
          `${one.error} ${one.skuPartNumber}`,
          one.count,
        ]),
      );
    },
  };
}

/** What tests do on pages. */
function clicksOn(page: Page, { baseUrl }: TestServer) {
  const dialog = page.getByRole('dialog');
  const button = (name: string | RegExp, where: Pick<Locator, 'getByRole'> = page) =>
    where.getByRole('button', { name, exact: typeof name === 'string' });
  const isGone = () => dialog.waitFor({ state: 'detached' });
  return {
    dialog,
    button,
    /** Opens a page by its address below the portal's. */
    open: async (path: string): Promise<void> => {
      await page.goto(`${baseUrl}/portal${path}`);
      await page.getByRole('heading', { level: 1 }).first().waitFor();
    },
    /** Presses the button of a dialog and waits until the dialog is gone: then it is done. */
    confirm: async (name: string | RegExp): Promise<void> => {
      await button(name, dialog).click();
      await isGone();
    },
    /** Presses the button of a dialog that tells what became of each user, and closes it. */
    finish: async (name: string, result: string | RegExp): Promise<void> => {
      await button(name, dialog).click();
      await dialog.getByText(result).waitFor();
      await button('Close', dialog).click();
      await isGone();
    },
    /** Chooses somebody in a field of a dialog that finds by typing. */
    pick: async (field: string, text: string): Promise<void> => {
      await dialog.getByRole('combobox', { name: field }).fill(text);
      await page
        .getByRole('option', { name: new RegExp(`^${text}`, 'i') })
        .first()
        .click();
    },
  };
}
