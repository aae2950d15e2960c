import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, test } from 'node:test';
import { insertAccount, insertRoleAssignment } from '@allot/store';
import { sql } from 'kysely';
import { acceptUploads, apiRoutes } from '../../packages/server/src/api/index.ts';
import { graphRoutes } from '../../packages/server/src/graph/index.ts';
import { createApp, defaultLimits, registerRoutes } from '../../packages/server/src/http/index.ts';
import type { Route } from '../../packages/server/src/http/index.ts';
import { createOutgoing } from '../../packages/server/src/outgoing/outgoing.ts';
import { createLog } from '../../packages/server/src/log.ts';
import { createPersonLoader } from '../../packages/server/src/sign-in/people/load-caller.ts';
import {
  applicationPermissions,
  delegatedOnlyPermissions,
  isPermission,
  type Permission,
} from '../../packages/server/src/sign-in/permission-names.ts';
import { roles } from '../../packages/server/src/sign-in/roles.ts';
import { testDatabase } from '../database.ts';
import { createTenant } from './sign-in-server.ts';

/**
 * The whole table of routes, asked by every role, everywhere and for one group, with every scope. What should open is
 * counted here once more, from the tables alone. Handlers are replaced: this is about who gets to them.
 */
const database = await testDatabase({ after });
const { tenantId } = await createTenant(database.db);
const group = randomUUID();
const other = randomUUID();
await sql`
  insert into allot.directory_group (tenant_id, id, display_name, mail_nickname) values (${tenantId}, ${group}, 'Sales', 'sales')
`.execute(database.db);
const reached = 299;

const app = createApp({ log: createLog('silent'), limits: defaultLimits, isReady: () => true });
acceptUploads(app);
const loadPerson = createPersonLoader(database.db);
const routes = [...graphRoutes, ...apiRoutes].map((route) => ({ ...route, handle: async () => ({ status: reached }) }));
registerRoutes(app, {
  routes,
  db: database.db,
  baseUrl: 'http://licenses.example',
  outgoing: createOutgoing({ allowPrivate: false }),
  // Who calls is said by headers; the rest is looked up as always. Tokens have tests of their own.
  verifyToken: async ({ headers }) => {
    const scopes = new Set(String(headers['x-scope']).split(' ').filter(isPermission));
    const appId = randomUUID();
    const person = await loadPerson({ kind: 'person', tenantId, id: String(headers['x-person']), appId, scopes });
    if (person === undefined) throw new Error('nobody');
    return person;
  },
});
await app.ready();
database.beforeClose(() => app.close());

async function personWith(roleId: string | undefined, groupId: string | null): Promise<string> {
  const id = randomUUID();
  await insertAccount(database.db, tenantId, { id, signInName: id, displayName: 'Somebody' });
  if (roleId !== undefined) {
    await insertRoleAssignment(database.db, tenantId, { id: randomUUID(), principalId: id, roleId, groupId });
  }
  return id;
}

/** @returns whether the handler was reached */
async function asks(person: string, scope: string, { method, path }: Route, groupId: string): Promise<boolean> {
  const concrete = path.replace(':id', groupId).replaceAll(/:\w+/g, other);
  const headers = { 'x-person': person, 'x-scope': scope };
  const { statusCode: status } = await app.inject({ method, url: concrete, headers });
  assert.ok(status === reached || status === 403, `${method} ${concrete}: ${status}`);
  return status === reached;
}

const everything = 'Directory.AccessAsUser.All';
const scopes: readonly Permission[] = [...applicationPermissions, ...delegatedOnlyPermissions];
const isOfGroup = ({ path }: Route): boolean => /^\/(v1\.0|beta|allot\/v1)\/groups\/:id(\/|$)/.test(path);
const names = ({ permissions }: Route, some: Iterable<string>): boolean => {
  const held = new Set(some);
  return permissions.some((permission) => held.has(permission));
};
const forEverybody = (route: Route): boolean => names(route, ['User.Read']);
const reprocesses = ({ path }: Route): boolean =>
  /\/users\/:id\/(microsoft\.graph\.)?reprocessLicenseAssignment$/.test(path);

for (const { id, displayName, permissions } of roles) {
  const may = (route: Route): boolean =>
    names(route, permissions) || (displayName === 'License Administrator' && reprocesses(route));

  test(`${displayName}: each of ${routes.length} routes opens as the table says, everywhere and for a group`, async () => {
    const everywhere = await personWith(id, null);
    const scoped = await personWith(id, group);
    for (const route of routes) {
      const what = `${route.method} ${route.path}`;
      const open = may(route) || forEverybody(route);
      assert.equal(await asks(everywhere, everything, route, group), open, what);
      const openForGroup = forEverybody(route) || (isOfGroup(route) && may(route));
      assert.equal(await asks(scoped, everything, route, group), openForGroup, `${what} of the group`);
      assert.equal(await asks(scoped, everything, route, other), forEverybody(route), `${what} of another group`);
    }
  });
}

test('without a role only what is about oneself opens', async () => {
  const nobody = await personWith(undefined, null);
  for (const route of routes) {
    assert.equal(await asks(nobody, everything, route, group), forEverybody(route), `${route.method} ${route.path}`);
  }
});

for (const scope of scopes.filter((one) => one !== everything)) {
  test(`scope ${scope}: a Global Administrator gets through an application what the scope opens, and no more`, async () => {
    const administrator = await personWith(
      roles.find(({ displayName }) => displayName === 'Global Administrator')?.id,
      null,
    );
    for (const route of routes) {
      assert.equal(
        await asks(administrator, scope, route, group),
        names(route, [scope]),
        `${route.method} ${route.path}`,
      );
    }
  });
}

test('scope and role must both open a route, each by a permission of its own', async () => {
  const reader = await personWith(roles.find(({ displayName }) => displayName === 'Directory Readers')?.id, null);
  const groups = routes.filter(({ method, path }) => path === '/v1.0/groups/:id' && method !== 'DELETE');
  const opened = [];
  for (const route of groups) {
    if (await asks(reader, 'Group.ReadWrite.All', route, group)) opened.push(route.method);
  }
  assert.deepEqual(opened, ['GET']);
});
