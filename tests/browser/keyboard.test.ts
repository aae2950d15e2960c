import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { Locator } from 'playwright-core';
import { globalAdministratorId } from '../../packages/server/src/sign-in/roles.ts';
import { startOffice } from '../sign-in/office-with-people.ts';
import { startBrowser } from './browser.ts';
import { enterPortal } from './enter-portal.ts';

const office = await startOffice({ after }, { ALLOT_DEMO: 'on' });
const { server } = office;
await server.settled();
const { page } = await (await startBrowser({ after })).visitor();
await enterPortal(page, server.baseUrl, await office.addPerson('ada@local.example', [globalAdministratorId]));

/** Presses Tab until the keyboard is there. */
async function tabTo(target: Locator): Promise<void> {
  await target.waitFor();
  for (let presses = 0; presses < 200; presses += 1) {
    if ((await target.and(page.locator(':focus')).count()) > 0) return;
    await page.keyboard.press('Tab');
  }
  assert.fail(`The keyboard does not come to ${String(target)}.`);
}

test('by keyboard alone one finds a group with errors, sets what is missing, and sees it mended', async () => {
  await page.setViewportSize({ width: 1360, height: 850 });
  await tabTo(page.getByRole('navigation').getByRole('link', { name: 'Groups with errors' }));
  await page.keyboard.press('Enter');
  await tabTo(page.getByRole('link', { name: 'License - Teams Phone', exact: true }));
  await page.keyboard.press('Enter');
  const cause = page.getByRole('article', { name: /Microsoft Teams Phone/ });
  await tabTo(cause.getByRole('button', { name: /^Set location/ }));
  await page.keyboard.press('Enter');
  await tabTo(page.getByRole('combobox', { name: 'Usage location' }));
  await page.keyboard.type('Germany');
  await page.getByRole('option', { name: 'Germany' }).waitFor();
  await page.keyboard.press('Enter');
  await tabTo(page.getByRole('button', { name: /^Set for \d+ users$/ }));
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.getByRole('article', { name: /Usage location/ }).waitFor({ state: 'detached' });
});
