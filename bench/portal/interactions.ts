import type { Page } from 'playwright-core';

/** Something that a person does, and the address of the page (below the portal's) where it begins. */
export interface Interaction {
  readonly name: string;
  readonly from: string;
  readonly act: (page: Page) => Promise<unknown>;
  /** Begins with the last key, as whoever types feels it: the response is the key that is shown. */
  readonly isTyped?: boolean;
}

/** What is looked at: the largest of the tenant. */
export interface LookedAt {
  readonly userId: string;
  readonly groupId: string;
  readonly groupName: string;
  readonly skuId: string;
  readonly productName: string;
  /** What the names of many users begin with, and of some. */
  readonly typed: string;
  readonly longTyped: string;
}

const go = (name: string) => (page: Page) =>
  page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name, exact: true }).click();
const tab = (name: string | RegExp) => (page: Page) =>
  page.getByRole('tab', typeof name === 'string' ? { name, exact: true } : { name }).click();
const sortBy = (column: string) => (page: Page) =>
  page.getByRole('columnheader', { name: column }).first().getByRole('button').click();
/** Tables scroll inside; so many rows of 44 pixels further each time, and the next page is awaited. */
const scroll = (turns: number, rows: number) => async (page: Page) => {
  await page.getByRole('table').first().hover();
  for (let turn = 0; turn < turns; turn += 1) {
    await page.mouse.wheel(0, rows * 44);
    await page.waitForTimeout(50);
  }
};
const type = (label: string, text: string) => (page: Page) =>
  page.getByLabel(label, { exact: true }).first().pressSequentially(text, { delay: 80 });

const choose = (label: string, option: string) => async (page: Page) => {
  await page.getByRole('combobox', { name: label }).first().click();
  await page.evaluate('allotWatch.quiet(300)');
  await page.evaluate('allotWatch.begin(false)');
  await page.getByRole('option', { name: option }).first().click();
};

/** What administrators do, with lists of everybody. */
export const interactions = (at: LookedAt): readonly Interaction[] => [
  ...ofUsers(at),
  ...ofProducts(at),
  ...ofGroups(at),
  ...ofOthers(at),
];

function ofUsers(at: LookedAt): readonly Interaction[] {
  const user = `/users/${at.userId}`;
  return [
    { name: 'users', from: '/', act: go('Users') },
    { name: 'users: to the next page', from: '/users', act: scroll(1, 80) },
    { name: 'users: fifty pages further', from: '/users', act: scroll(50, 100) },
    { name: 'users: by name, descending', from: '/users', act: sortBy('Name') },
    { name: 'users: by user principal name', from: '/users', act: sortBy('User principal name') },
    { name: 'users: type what many begin with', from: '/users', act: type('Filter', at.typed), isTyped: true },
    { name: 'users: type what some begin with', from: '/users', act: type('Filter', at.longTyped), isTyped: true },
    { name: 'users: with a product', from: '/users', act: choose('Product', at.productName) },
    { name: 'users: in a country', from: '/users', act: choose('Usage location', 'Germany') },
    {
      name: 'users: open the countries',
      from: '/users',
      act: (page) => page.getByRole('combobox', { name: 'Usage location' }).click(),
    },
    { name: 'users: in error', from: '/users', act: (page) => page.getByLabel('In error', { exact: true }).click() },
    { name: 'users: select one', from: '/users', act: (page) => page.getByRole('checkbox').nth(1).click() },
    {
      name: 'user',
      from: '/users',
      act: (page) => page.getByRole('table').first().getByRole('link').first().click(),
    },
    { name: 'user: profile', from: user, act: tab('Profile') },
    { name: 'user: profile, type', from: `${user}?tab=profile`, act: type('Job title', 'Clerk'), isTyped: true },
    { name: 'user: history', from: user, act: tab('History') },
    {
      name: 'user: assign licenses, choose a product',
      from: user,
      act: chooseProduct,
    },
  ];
}

function ofProducts(at: LookedAt): readonly Interaction[] {
  const product = `/products/${at.skuId}`;
  return [
    { name: 'products', from: '/', act: go('Products') },
    {
      name: 'product of everybody',
      from: '/products',
      act: (page) => page.getByRole('link', { name: at.productName }).first().click(),
    },
    { name: 'product: licensed groups', from: product, act: tab('Licensed groups') },
    { name: 'product: waiting line', from: product, act: tab(/^Waiting line/) },
    { name: 'product: subscriptions', from: product, act: tab('Subscriptions') },
    { name: 'product: service plans', from: product, act: tab('Service plans') },
    { name: 'product: type what many begin with', from: product, act: type('Filter', at.typed), isTyped: true },
    { name: 'product: by user principal name', from: product, act: sortBy('User principal name') },
  ];
}

function ofGroups(at: LookedAt): readonly Interaction[] {
  const group = `/groups/${at.groupId}`;
  return [
    { name: 'groups', from: '/', act: go('Groups') },
    { name: 'groups: by name, descending', from: '/groups', act: sortBy('Name') },
    { name: 'groups: type', from: '/groups', act: type('Filter', at.groupName.slice(0, 4)), isTyped: true },
    { name: 'groups with errors', from: '/', act: go('Groups with errors') },
    {
      name: 'group of everybody',
      from: `/groups?filter=${encodeURIComponent(at.groupName)}`,
      act: (page) => page.getByRole('link', { name: at.groupName, exact: true }).first().click(),
    },
    { name: 'group: members', from: group, act: tab('Members') },
    { name: 'group: members, to the next page', from: `${group}?tab=members`, act: scroll(1, 80) },
    {
      name: 'group: members, type what many begin with',
      from: `${group}?tab=members`,
      act: type('Filter', at.typed),
      isTyped: true,
    },
    { name: 'group: membership rule', from: group, act: tab('Membership rule') },
    { name: 'group: assign licenses, choose a product', from: group, act: chooseProduct },
  ];
}

function ofOthers(at: LookedAt): readonly Interaction[] {
  return [
    { name: 'overview', from: '/users', act: go('Overview') },
    { name: 'audit log', from: '/', act: go('Audit log') },
    { name: 'audit log: of one activity', from: '/audit', act: choose('Activity', 'Add') },
    { name: 'audit log: type a target', from: '/audit', act: type('Filter', at.groupName.slice(0, 4)), isTyped: true },
    { name: 'catalogue', from: '/', act: go('Catalogue') },
    { name: 'settings', from: '/', act: go('Settings') },
    {
      name: 'search for anything: three characters',
      from: '/',
      act: (page) =>
        page.getByRole('combobox', { name: 'Search' }).pressSequentially(at.typed.slice(0, 3), { delay: 80 }),
      isTyped: true,
    },
  ];
}

/** The preview is asked for as soon as something is chosen. */
async function chooseProduct(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Assign licenses', exact: true }).click();
  await page.evaluate('allotWatch.quiet(600)');
  await page.evaluate('allotWatch.begin(false)');
  await page.getByRole('dialog').getByRole('checkbox', { checked: false }).first().click();
}
