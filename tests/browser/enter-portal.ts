import type { Page } from 'playwright-core';
import type { SignInPerson } from '../sign-in/office-with-people.ts';

/** Opens a page of the portal as somebody who signs in on the way there. */
export async function enterPortal(page: Page, baseUrl: string, person: SignInPerson, path = '/'): Promise<void> {
  await page.goto(`${baseUrl}/portal${path}`);
  await page.getByLabel('Name').fill(person.name);
  await page.getByLabel('Password').fill(person.password);
  await page.getByLabel('Code of the authenticator app').fill(person.code());
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page
    .getByRole('navigation', { name: 'Pages' })
    .or(page.getByRole('button', { name: 'Show the pages' }))
    // A page that opens with a panel hides the rest behind it.
    .or(page.getByRole('dialog'))
    .first()
    .waitFor();
}
