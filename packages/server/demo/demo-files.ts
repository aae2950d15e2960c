import { createReadStream, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readGroups } from '../src/imports/groups-file.ts';
import type { ImportedGroup } from '../src/imports/groups-file.ts';
import type { ImportedUser } from '../src/imports/imported-user.ts';
import { readUsers } from '../src/imports/users-file.ts';

/** What tenant.json says; README.md says in which order it is done. Plans go by name, products by part number. */
export type DemoTenant = {
  readonly displayName: string;
  readonly initialDomain: string;
  readonly defaultUsageLocation: string;
  readonly subscriptions: readonly { skuPartNumber: string; units: number; status: 'Enabled' | 'Warning' }[];
  /** Bodies for PUT /catalogue/plans/{planId}. */
  readonly plans: readonly {
    planId: string;
    servicePlanName: string;
    displayName: string;
    service: string;
    mailbox: boolean;
    locations: { deny: readonly string[] };
  }[];
  readonly groupLicensing: readonly {
    displayName: string;
    priority: number;
    atomicity?: 'bundle' | 'product';
    prerequisites?: 'group' | 'user';
  }[];
  readonly directAssignments: readonly {
    userPrincipalName: string;
    skuPartNumber: string;
    disabledPlans: readonly string[];
  }[];
  readonly later: readonly LaterStep[];
};

/** A step performed when everything before it has been processed, and why it is in the demo. */
export type LaterStep = { readonly why: string } & (
  | { readonly step: 'setAddresses'; readonly userPrincipalName: string; readonly proxyAddresses: readonly string[] }
  | { readonly step: 'addAddress'; readonly userPrincipalName: string; readonly address: string }
  | { readonly step: 'setUsageLocation'; readonly userPrincipalName: string; readonly usageLocation: string }
  | { readonly step: 'removeMember'; readonly group: string; readonly userPrincipalName: string }
  | { readonly step: 'setSeats'; readonly skuPartNumber: string; readonly units: number }
);

/** tenant.json. The file is generated in this shape. */
export function readDemoTenantFile(): DemoTenant {
  return JSON.parse(readFileSync(pathOf('tenant.json'), 'utf8')) as DemoTenant;
}

/** users.csv, in the order of the file. */
export async function readDemoUsers(): Promise<ImportedUser[]> {
  const users: ImportedUser[] = [];
  for await (const item of readUsers(createReadStream(pathOf('users.csv')))) {
    if ('problem' in item) throw new Error(`users.csv, line ${item.line}, ${item.column}: ${item.problem}`);
    users.push(item.user);
  }
  return users;
}

/** groups.csv, in the order of the file. */
export async function readDemoGroups(): Promise<ImportedGroup[]> {
  const groups: ImportedGroup[] = [];
  for await (const item of readGroups(createReadStream(pathOf('groups.csv')))) {
    if ('problem' in item) throw new Error(`groups.csv, line ${item.line}, ${item.column}: ${item.problem}`);
    groups.push(item.group);
  }
  return groups;
}

/** Where a file of the demo tenant is. */
export function pathOf(name: string): string {
  return fileURLToPath(new URL(name, import.meta.url));
}
