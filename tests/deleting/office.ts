import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { TestScope } from '../database.ts';
import { type Answer, testServer, type TestServer } from '../server.ts';

/** Products of the built-in catalogue. E1 and E3 exclude each other; analytics needs a mailbox of either. */
export const skus = {
  e1: '18181a46-0d4e-45cd-891e-60aabd171b4e',
  e3: '6fd2c87f-b296-42f0-b197-1e91e994b900',
  analytics: '3d957427-ecdc-4df2-aacd-01cc9d519da8',
} as const;

export const yammer = '7547a3fe-08ee-4ccb-b430-5077c5041653';

/** A running server with its workers, asked over HTTP and nothing else. */
export interface Office {
  readonly server: TestServer;
  /** Answers the body; fails unless the status is this. */
  ask(status: number, method: string, path: string, body?: unknown): Promise<Answer['body']>;
  user(name: string, values?: object): Promise<string>;
  group(name: string, memberIds?: readonly string[], licenses?: readonly License[]): Promise<string>;
  join(groupId: string, memberId: string): Promise<void>;
  seats(skuId: string, units: number): Promise<string>;
  assign(userId: string, licenses: readonly License[], removed?: readonly string[]): Promise<void>;
  /** What a user has, one text for each entry: product, source, state, error, disabled plans. */
  has(userId: string): Promise<readonly string[]>;
  consumed(skuId: string): Promise<number>;
  /** Activities of the audit log with the names of their targets, oldest first. */
  audit(...activities: readonly string[]): Promise<readonly string[]>;
}

export interface License {
  readonly skuId: string;
  readonly disabledPlans?: readonly string[];
}

export async function openOffice(scope: TestScope): Promise<Office> {
  const server = await testServer(scope);
  const ask: Office['ask'] = async (status, method, path, body) => {
    const answer = await server.call(method, path, body);
    assert.equal(answer.status, status, `${method} ${path}: ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
  const assignments = (licenses: readonly License[]) =>
    licenses.map(({ skuId, disabledPlans = [] }) => ({ skuId, disabledPlans }));
  return {
    server,
    ask,
    async user(name, values = {}) {
      const user = {
        accountEnabled: true,
        displayName: name,
        mailNickname: name,
        userPrincipalName: `${name}@office.example`,
        passwordProfile: { password: 'not kept' },
        usageLocation: 'US',
      };
      return (await ask(201, 'POST', '/v1.0/users', { ...user, ...values })).id;
    },
    async group(name, memberIds = [], licenses = []) {
      const group = { displayName: name, mailEnabled: false, mailNickname: 'group', securityEnabled: true };
      const { id } = await ask(201, 'POST', '/v1.0/groups', group);
      for (const memberId of memberIds) await join(ask, id, memberId);
      const body = { addLicenses: assignments(licenses), removeLicenses: [] };
      if (licenses.length > 0) await ask(202, 'POST', `/v1.0/groups/${id}/assignLicense`, body);
      return id;
    },
    join: (groupId, memberId) => join(ask, groupId, memberId),
    async seats(skuId, units) {
      return (await ask(201, 'POST', '/allot/v1/subscriptions', { skuId, units })).id;
    },
    async assign(userId, licenses, removed = []) {
      const body = { addLicenses: assignments(licenses), removeLicenses: removed };
      await ask(200, 'POST', `/v1.0/users/${userId}/assignLicense`, body);
    },
    async has(userId) {
      const user = await ask(200, 'GET', `/v1.0/users/${userId}?$select=licenseAssignmentStates`);
      return (user.licenseAssignmentStates as Entry[]).map(shown).toSorted(); // Graph's type
    },
    async consumed(skuId) {
      const path = `/v1.0/subscribedSkus/${server.tenantId}_${skuId}?$select=consumedUnits`;
      return (await ask(200, 'GET', path)).consumedUnits;
    },
    async audit(...activities) {
      const { rows } = await server.database.pool.query<{ entry: string }>(
        `select activity || ': ' || coalesce(targets->0->>'displayName', '') as entry from allot.audit
         where tenant_id = $1 and activity = any($2) order by activity_at, id`,
        [server.tenantId, activities],
      );
      return rows.map(({ entry }) => entry);
    },
  };
}

const join = (ask: Office['ask'], groupId: string, memberId: string): Promise<void> =>
  ask(204, 'POST', `/v1.0/groups/${groupId}/members/$ref`, {
    '@odata.id': `https://graph.microsoft.com/v1.0/directoryObjects/${memberId}`,
  });

/** Waits until an address answers 404. */
export async function gone({ server }: Office, path: string): Promise<void> {
  while ((await server.call('GET', path)).status !== 404) await sleep(10);
}

/** Rows of all tables that name a user or group by id or number, but for what is kept of the past: history, audit and changes. */
export async function rowsLeft({ server }: Office, object: { userNo?: number; groupId?: string }): Promise<number> {
  const { rows: columns } = await server.database.pool.query<{ table: string; column: string }>(
    `select c.table_name as table, c.column_name as column
     from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
     where c.table_schema = 'allot' and t.table_type = 'BASE TABLE' and c.table_name not like '%history'
       and c.table_name not in ('audit', 'directory_change') and c.column_name = any($1)`,
    [object.userNo === undefined ? ['group_id', 'member_id', 'id', 'source_id'] : ['user_no']],
  );
  const value = object.userNo ?? object.groupId ?? randomUUID();
  let count = 0;
  for (const { table, column } of columns) {
    const query = `select count(*)::int as count from allot.${table} where ${column}::text = $1`;
    count += (await server.database.pool.query<{ count: number }>(query, [String(value)])).rows[0]?.count ?? 0;
  }
  return count;
}

export async function userNoOf({ server }: Office, id: string): Promise<number> {
  const { rows } = await server.database.pool.query<{ no: string }>(
    'select user_no::text as no from allot.directory_user where id = $1',
    [id],
  );
  return Number(rows[0]?.no);
}

interface Entry {
  readonly skuId: string;
  readonly assignedByGroup: string | null;
  readonly state: string;
  readonly error: string;
  readonly disabledPlans: readonly string[];
}

function shown({ skuId, assignedByGroup, state, error, disabledPlans }: Entry): string {
  const name = Object.entries(skus).find(([, id]) => id === skuId)?.[0] ?? skuId;
  return [name, assignedByGroup ?? 'direct', state, error, ...disabledPlans].join(' ');
}
