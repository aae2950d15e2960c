import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Call } from './program.ts';

export const e3 = '6fd2c87f-b296-42f0-b197-1e91e994b900';
export const f1 = '4b585984-651b-448a-9e53-3b10f069cf7f';
export const ems = 'efccb6f7-5641-4e0e-bd10-b4976e1bf68e';

/** A group of the file: every `step`th user from `first` on. */
export interface StaffGroup {
  readonly displayName: string;
  readonly first: number;
  readonly step: number;
  /** As in the column `licenses`. */
  readonly licenses: string;
}

export const nameOf = (no: number): string => `user${String(no).padStart(7, '0')}@staff.example`;

/** A users file of so many users, made while it is sent. */
export function usersFile(count: number): ReadableStream<Uint8Array> {
  const rowsAtATime = 5_000;
  const encoder = new TextEncoder();
  let no = 0;
  return new ReadableStream({
    start: (controller) => controller.enqueue(encoder.encode('userPrincipalName,displayName,usageLocation\n')),
    pull: (controller) => {
      if (no >= count) return controller.close();
      let rows = '';
      for (const end = Math.min(count, no + rowsAtATime); no < end; no += 1)
        rows += `${nameOf(no)},User ${no},${no % 2 ? 'DE' : 'US'}\n`;
      controller.enqueue(encoder.encode(rows));
    },
  });
}

export function groupsFile(count: number, groups: readonly StaffGroup[]): string {
  const rows = groups.map(({ displayName, first, step, licenses }) => {
    const members: string[] = [];
    for (let no = first; no < count; no += step) members.push(nameOf(no));
    return `${displayName},${members.join(';')},${licenses}\n`;
  });
  return `displayName,members,licenses\n${rows.join('')}`;
}

/** A refused call is a fault of the test; what was accepted is in the answer. */
export async function accepted(call: Call, method: string, path: string, body?: unknown) {
  const answer = await call(method, path, body);
  assert.ok(answer.status < 300, `${method} ${path}: ${answer.status} ${JSON.stringify(answer.body).slice(0, 500)}`);
  return answer.body;
}

/** Hires so many users and sells seats of each product. */
export async function hire(call: Call, users: number, seats: Readonly<Record<string, number>>): Promise<void> {
  for (const [skuId, units] of Object.entries(seats)) {
    await accepted(call, 'POST', '/allot/v1/subscriptions', { skuId, units, status: 'Enabled' });
  }
  const result = await accepted(call, 'POST', '/allot/v1/imports/users', usersFile(users));
  assert.equal(result.created, users);
}

/** Ids of groups by display name. */
export async function groupIds(call: Call): Promise<ReadonlyMap<string, string>> {
  const { value } = await accepted(call, 'GET', '/v1.0/groups?$select=id,displayName');
  return new Map(value.map((group: { id: string; displayName: string }) => [group.displayName, group.id]));
}

export const pending = async (call: Call): Promise<number> =>
  (await accepted(call, 'GET', '/allot/v1/processing')).pending;

/** Waits until everything accepted is settled, however long that takes. */
export async function settled(call: Call): Promise<void> {
  while ((await pending(call)) > 0) await sleep(20);
}
