/** Where the keyboard is when a dialog or panel closes, and what is seen on a screen as narrow as a phone. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { startDesk } from './demo-desk.ts';
import { walkOn } from './walk.ts';

const { page, dialog, button, open, idOf } = await startDesk({ after });

test('when a dialog is left the keyboard is where it was, and a page further in when that is gone by what was done', async () => {
  await open(`/groups/${await idOf('groups', 'License - Analysts')}`);
  const cause = page.getByRole('article', { name: /Power BI Pro/ });
  const fix = cause.getByRole('button', { name: /^Add seats/ });
  await fix.press('Enter');
  await dialog.waitFor();
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  await fix.and(page.locator(':focus')).waitFor();
  await fix.press('Enter');
  await button(/^Add \d+ seats$/, dialog).click();
  await cause.waitFor({ state: 'detached' });
  await page.locator('main:focus, main :focus').waitFor();
});

test('when a panel is closed the keyboard is on the row that opened it', async () => {
  await open('/catalogue');
  const product = page.getByRole('table').getByRole('link', { name: 'Office 365 F3', exact: true });
  await product.press('Enter');
  await dialog.waitFor();
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  await product.and(page.locator(':focus')).waitFor();
});

test('on a phone a row says every column with its name, rows can be sorted and selected, and no page scrolls sideways', async () => {
  await page.setViewportSize({ width: 400, height: 800 });
  await open('/users');
  const row = page.getByRole('row', { name: /Abigail Campbell/ });
  await row.getByText('Usage location').waitFor();
  await row.getByText('United States').waitFor();
  await row.getByRole('checkbox').check();
  await page.getByText('1 selected').waitFor();
  await button(/^Name/).click();
  await page.getByRole('columnheader', { name: /^Name.*sorted descending/ }).waitFor();
  const group = await idOf('groups', 'License - Office 365 E3');
  const walk = walkOn(page);
  for (const path of [
    '/',
    '/users?error',
    '/group-errors',
    `/groups/${group}`,
    `/groups/${group}?tab=members`,
    '/settings',
  ]) {
    await walk.to(path);
    const wider = await page.evaluate(
      "((main) => main.scrollWidth - main.clientWidth)(document.querySelector('main'))",
    );
    assert.equal(wider, 0, path);
  }
});
