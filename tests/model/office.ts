import assert from 'node:assert/strict';
import type { ModelCatalogue } from './catalogue.ts';
import { NaiveTenant } from './naive-tenant.ts';
import type { Entry } from './naive-tenant.ts';

/** A small office: what the worked examples of the licensing semantics need, in words instead of UUIDs. */
export const office: ModelCatalogue = {
  plans: [
    { id: 'Exchange1', mailbox: true },
    { id: 'Exchange2', mailbox: true },
    { id: 'Office' },
    { id: 'SharePoint' },
    { id: 'Teams' },
    { id: 'Sway' },
    { id: 'Planner' },
    { id: 'Yammer' },
    { id: 'PowerBI', deny: ['CN'] },
    { id: 'Insights' },
    { id: 'Visio' },
  ],
  products: [
    { id: 'E1', plans: ['Exchange1', 'Teams'] },
    { id: 'E3', plans: ['Exchange2', 'Office', 'SharePoint', 'Teams', 'Sway', 'Planner', 'Yammer'] },
    { id: 'E5', plans: ['Exchange2', 'Office', 'SharePoint', 'Teams', 'PowerBI'] },
    { id: 'Analytics', plans: ['Insights'] },
    { id: 'VisioOnline', plans: ['Visio'] },
    { id: 'Company', plans: ['Teams'], company: true },
  ],
  exclusions: [{ name: 'Exchange Online', plans: ['Exchange1', 'Exchange2'] }],
  requirements: [{ plan: 'Insights', anyOf: ['Exchange1', 'Exchange2'] }],
};

export const e3Plans = ['Exchange2', 'Office', 'Planner', 'SharePoint', 'Sway', 'Teams', 'Yammer'];
export const e5Plans = ['Exchange2', 'Office', 'PowerBI', 'SharePoint', 'Teams'];

/** An office with users in Germany and, unless said otherwise, ten seats of everything. */
export function officeWith(start: { users: string[]; groups: string[]; seats?: Record<string, number> }): NaiveTenant {
  const tenant = new NaiveTenant(office);
  for (const id of start.users) tenant.addUser(id, { usageLocation: 'DE' });
  for (const id of start.groups) tenant.addGroup(id);
  const seats = start.seats ?? Object.fromEntries(office.products.map((product) => [product.id, 10]));
  for (const [productId, usable] of Object.entries(seats)) tenant.setSeats(productId, usable);
  return tenant;
}

export function join(tenant: NaiveTenant, user: string, ...groups: string[]): void {
  tenant.changeMembers(groups.map((group) => ({ group, user, member: true })));
}

export function license(tenant: NaiveTenant, group: string, ...productIds: string[]): void {
  const add = productIds.map((productId) => ({ productId, disabledPlans: [] }));
  assert.equal(tenant.assignGroup(group, add, []), undefined);
}

export function give(tenant: NaiveTenant, user: string, productId: string): void {
  assert.equal(tenant.assignDirect(user, [{ productId, disabledPlans: [] }], []), undefined);
}

/** An entry all of which is in force. */
export function active(source: string, productId: string, enabledPlans: string[]): Entry {
  return { source, productId, state: 'Active', error: 'None', enabledPlans };
}

/** An entry of which nothing is in force for want of a seat. */
export function waiting(source: string, productId: string): Entry {
  return { source, productId, state: 'Error', error: 'CountViolation', enabledPlans: [] };
}
