import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { globalAdministratorId } from '../../packages/server/src/sign-in/roles.ts';
import type { TestScope } from '../database.ts';
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
  scope.after(() => assert.deepEqual(complaints, [], 'against the security policy of the page'));

  const dialog = page.getByRole('dialog');
  const button = (name: string | RegExp, where: Pick<Locator, 'getByRole'> = page) =>
    where.getByRole('button', { name, exact: typeof name === 'string' });
  const read = async (path: string) => {
    const { status, body } = await server.call('GET', path);
    assert.equal(status, 200, `${path}: ${JSON.stringify(body)}`);
    return body;
  };
  const send = async (method: string, path: string, body?: unknown) => {
    const answer = await server.call(method, path, body);
    assert.ok(answer.status < 300, `${method} ${path}: ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
  /** By what somebody is called; of users also by the part of the principal name before the @. */
  const idOf = async (kind: 'users' | 'groups', name: string): Promise<string> => {
    const property = kind === 'users' && name.includes('.') ? 'userPrincipalName' : 'displayName';
    const value = property === 'displayName' ? name : `${name}@contoso.example`;
    const { value: found } = await read(`/v1.0/${kind}?$filter=${property} eq '${value.replaceAll("'", "''")}'`);
    assert.ok(found.length > 0, `There is no ${name}.`);
    return String(found[0].id);
  };
  return {
    ...office,
    page,
    visitor,
    person,
    dialog,
    button,
    read,
    send,
    idOf,
    /** By its part number. */
    skuIdOf: async (part: string): Promise<string> => {
      const { value } = await read('/v1.0/subscribedSkus');
      return String(value.find(({ skuPartNumber }: { skuPartNumber: string }) => skuPartNumber === part).skuId);
    },
    /** Opens a page by its address below the portal's. */
    open: async (path: string): Promise<void> => {
      await page.goto(`${server.baseUrl}/portal${path}`);
      await page.getByRole('heading', { level: 1 }).first().waitFor();
    },
    /** Presses the button of a dialog and waits until the dialog is gone: then it is done. */
    confirm: async (name: string | RegExp): Promise<void> => {
      await button(name, dialog).click();
      await dialog.waitFor({ state: 'detached' });
    },
    /** Presses the button of a dialog that tells what became of each user, and closes it. */
    finish: async (name: string, result: string | RegExp): Promise<void> => {
      await button(name, dialog).click();
      await dialog.getByText(result).waitFor();
      await button('Close', dialog).click();
      await dialog.waitFor({ state: 'detached' });
    },
    /** Chooses somebody or something in a field that finds by typing. */
    pick: async (field: string, text: string, option: string | RegExp = new RegExp(`^${text}`)): Promise<void> => {
      await dialog.getByRole('combobox', { name: field }).fill(text);
      await page.getByRole('option', { name: option }).first().click();
    },
    /** What the API says of a user's way to a product: its error, `None`, or undefined where there is no such way. */
    errorOf: async (userId: string, part: string, source?: string): Promise<string | undefined> => {
      await server.settled();
      const { value } = await read(`/allot/v1/users/${userId}/explanation`);
      const found = value.find(
        (one: { skuPartNumber: string; source: string }) =>
          one.skuPartNumber === part && (source === undefined || one.source === source),
      );
      return found?.error;
    },
    /** The causes of a group's errors by the API, as "error part number" with how many users. */
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
