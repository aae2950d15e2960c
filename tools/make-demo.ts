/**
 * Writes the files of the demo tenant (packages/server/demo: users.csv, groups.csv, tenant.json) from the people and
 * stories in packages/server/demo/source. The same files each time. What must come of them, worked out by hand, is in
 * expected.json beside them.
 *
 *   node tools/make-demo.ts [FOLDER]
 */

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeStaff } from '../packages/server/demo/source/staff.ts';
import type { Employee } from '../packages/server/demo/source/staff.ts';
import { castOf, groupNames, groupsOf } from '../packages/server/demo/source/stories.ts';
import { builtInCatalogue } from '../packages/server/src/catalogue/built-in.ts';

const initialDomain = 'contoso.onmicrosoft.example';

/** Tight: of E3, Power BI and Visio there are fewer seats than people who are to have them. */
const subscriptions = [
  { skuPartNumber: 'STANDARDPACK', units: 160, status: 'Enabled' },
  { skuPartNumber: 'STANDARDPACK', units: 40, status: 'Warning' },
  { skuPartNumber: 'ENTERPRISEPACK', units: 460, status: 'Enabled' },
  { skuPartNumber: 'DESKLESSPACK', units: 425, status: 'Enabled' },
  { skuPartNumber: 'SPE_E5', units: 70, status: 'Enabled' },
  { skuPartNumber: 'EMS', units: 520, status: 'Enabled' },
  { skuPartNumber: 'MCOEV', units: 75, status: 'Enabled' },
  { skuPartNumber: 'MCOMEETADV', units: 100, status: 'Enabled' },
  { skuPartNumber: 'WORKPLACE_ANALYTICS', units: 35, status: 'Enabled' },
  { skuPartNumber: 'POWER_BI_PRO', units: 130, status: 'Enabled' },
  { skuPartNumber: 'VISIOCLIENT', units: 50, status: 'Enabled' },
];

const groupLicensing = [
  { displayName: groupNames.e1, priority: 10 },
  { displayName: groupNames.e3, priority: 20 },
  { displayName: groupNames.e3Extended, priority: 25 },
  { displayName: groupNames.f3, priority: 30 },
  { displayName: groupNames.e5, priority: 35 },
  { displayName: groupNames.e5China, priority: 36 },
  { displayName: groupNames.phone, priority: 40, prerequisites: 'user' },
  { displayName: groupNames.audio, priority: 45, prerequisites: 'user' },
  { displayName: groupNames.insights, priority: 50, prerequisites: 'user' },
  { displayName: groupNames.engineering, priority: 60 },
  { displayName: groupNames.powerBi, priority: 70 },
  { displayName: groupNames.visio, priority: 75 },
  { displayName: groupNames.analysts, priority: 80, atomicity: 'product' },
];

const folder = process.argv[2] ?? join(import.meta.dirname, '../packages/server/demo');
const catalogue = builtInCatalogue();
const staff = makeStaff();
const cast = castOf(staff);

writeFileSync(join(folder, 'users.csv'), `\ufeff${csv(userRows())}`);
writeFileSync(join(folder, 'groups.csv'), csv(groupRows()));
writeFileSync(join(folder, 'tenant.json'), formatted('tenant.json', JSON.stringify(tenant(), null, 2)));
process.stdout.write(`${staff.length} users written to ${folder}\n`);

/** The columns of the admin center's export of active users, in its order, for those hired first to last. */
function userRows(): string[][] {
  const sorted = staff.toSorted((a, b) => a.createdAt.getTime() - b.createdAt.getTime());
  const cells = sorted.map(userCells);
  const columns = Object.keys(cells[0] ?? {});
  return [columns, ...cells.map((row) => Object.values(row))];
}

function userCells(person: Employee): Record<string, string> {
  return {
    'Block credential': cast.blocked.includes(person) ? 'True' : 'False',
    City: person.city,
    'Country/Region': person.country,
    Department: person.department,
    DirSyncEnabled: '',
    'Display name': displayName(person),
    Fax: '',
    'First name': person.givenName,
    'Last dirsync time': '',
    'Last name': person.surname,
    'Last password change time stamp': '',
    'License assignment details': '',
    Licenses: 'Unlicensed',
    'Mobile Phone': '',
    'Oath token meta data': '',
    'Object Id': guidOf(userPrincipalName(person)),
    Office: person.city,
    'Password never expires': 'False',
    'Phone number': person.phone,
    'Postal code': person.postalCode,
    'Preferred data location': '',
    'Preferred language': person.language,
    'Proxy addresses': addressesOf(person).join('+'),
    'Release track': '',
    'Soft deletion time stamp': '',
    State: person.state,
    'Street address': person.street,
    'Strong password required': 'True',
    Title: person.title,
    'Usage location': cast.withoutLocation.includes(person) ? '' : person.code,
    'User principal name': userPrincipalName(person),
    'When created': `${person.createdAt.toISOString().slice(0, 19).replace('T', ' ')}Z`,
  };
}

function displayName({ givenName, surname, kind }: Employee): string {
  return kind === 'consultant' ? `${givenName} ${surname} (external)` : `${givenName} ${surname}`;
}

function userPrincipalName({ name }: Employee): string {
  return `${name}@contoso.example`;
}

function aliasOf({ name }: Employee): string {
  return `smtp:${name}@${initialDomain}`;
}

/** Before the merger half of the people had an address of another company; some still receive mail there. */
function ownAddresses(person: Employee): string[] {
  if (cast.withoutAddress.includes(person)) return [];
  const old = person.createdAt.getUTCFullYear() < 2020 ? [`smtp:${person.name}@fabrikam.example`] : [];
  return [`SMTP:${userPrincipalName(person)}`, aliasOf(person), ...old];
}

function addressesOf(person: Employee): string[] {
  const shared = [];
  if (cast.reception.includes(person)) shared.push('smtp:accueil@contoso.example');
  if (person === cast.newAccount) shared.push(aliasOf(cast.oldAccount));
  return [...ownAddresses(person), ...shared];
}

function groupRows(): string[][] {
  const groups = groupsOf(staff, cast, onlyEnabled('ENTERPRISEPACK', ['SWAY', 'KAIZALA_O365_P3']));
  const rows = groups.map(({ displayName: name, description, members, licenses }) => [
    name,
    description,
    members.map(userPrincipalName).join(';'),
    licenses,
  ]);
  return [['displayName', 'description', 'members', 'licenses'], ...rows];
}

/** A product with all plans disabled but some, as the groups file writes it. */
function onlyEnabled(skuPartNumber: string, enabled: readonly string[]): string {
  return `${skuPartNumber}[${disabledBut(skuPartNumber, enabled)
    .map((name) => `-${name}`)
    .join(',')}]`;
}

function disabledBut(skuPartNumber: string, enabled: readonly string[]): string[] {
  const product = catalogue.products.find((candidate) => candidate.skuPartNumber === skuPartNumber);
  const names = (product?.servicePlans ?? []).map(
    (planId) => catalogue.plans.find((plan) => plan.planId === planId)?.name ?? planId,
  );
  return names.filter((name) => !enabled.includes(name)).sort();
}

function tenant() {
  return {
    displayName: 'Contoso',
    initialDomain,
    defaultUsageLocation: 'US',
    subscriptions,
    plans: [notOfferedIn('MCOEV', ['CN'])],
    groupLicensing,
    directAssignments: [
      ...direct(cast.directE1, 'STANDARDPACK', []),
      ...direct(cast.directSway, 'ENTERPRISEPACK', disabledBut('ENTERPRISEPACK', ['SWAY'])),
      ...direct(cast.directVisio, 'VISIOCLIENT', []),
    ],
    later: laterSteps(),
  };
}

/** What to put to the catalogue so that a plan is not offered in some countries. */
function notOfferedIn(name: string, deny: readonly string[]) {
  const plan = catalogue.plans.find((candidate) => candidate.name === name);
  if (plan === undefined) throw new Error(`There is no plan ${name} in the built-in catalogue`);
  const { planId, displayName: label, service, mailbox } = plan;
  return { planId, servicePlanName: name, displayName: label, service, mailbox, locations: { deny } };
}

function direct(people: readonly Employee[], skuPartNumber: string, disabledPlans: readonly string[]) {
  return people.map((person) => ({ userPrincipalName: userPrincipalName(person), skuPartNumber, disabledPlans }));
}

function laterSteps() {
  const upn = userPrincipalName;
  return [
    {
      step: 'setAddresses',
      userPrincipalName: upn(cast.newAccount),
      proxyAddresses: ownAddresses(cast.newAccount),
      why: 'The new account gives back the address of the old one: both may have E3 now, and stand in line before the contractors.',
    },
    {
      step: 'removeMember',
      group: groupNames.e3,
      userPrincipalName: upn(cast.leaves),
      why: 'A seat of E3 becomes free: it goes to the first in line.',
    },
    {
      step: 'removeMember',
      group: groupNames.e3,
      userPrincipalName: upn(cast.leavesKeepsInsights),
      why: 'Workplace Analytics, which stays, needs the Exchange plan of the E3 that leaves: it is kept, with an error.',
    },
    {
      step: 'addAddress',
      userPrincipalName: upn(cast.getsAddress),
      address: aliasOf(cast.hadAddress),
      why: 'An address that another user has: both keep what they have, with an error.',
    },
    {
      step: 'setUsageLocation',
      userPrincipalName: upn(cast.movesToChina),
      usageLocation: 'CN',
      why: 'Teams Phone is not offered there: the user keeps it, with an error.',
    },
    { step: 'setSeats', skuPartNumber: 'POWER_BI_PRO', units: 135, why: 'Five of those who wait for Power BI get it.' },
  ];
}

/** The same GUID for the same text. */
function guidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  );
}

function formatted(name: string, text: string): string {
  const biome = join(import.meta.dirname, '../node_modules/.bin/biome');
  const { status, stdout } = spawnSync(biome, ['format', `--stdin-file-path=${name}`], {
    input: text,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error('The formatter did not work: run npm install, then this again');
  return stdout;
}

function csv(rows: readonly (readonly string[])[]): string {
  const cell = (text: string) => (/[",;\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return `${rows.map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;
}
