import assert from 'node:assert/strict';
import test from 'node:test';

import type { Caller } from './caller.ts';
import {
  allows,
  applicationPermissions,
  delegatedOnlyPermissions,
  isPermission,
  requirePermission,
} from './permissions.ts';
import type { Permission } from './permissions.ts';
import { PrivilegesInsufficient } from './refusals.ts';

function callerWith(...permissions: Permission[]): Caller {
  const appId = '7d1f1f56-5a4c-4a54-8b1c-0d6a3f3b1c11';
  const tenantId = '0b7a3c52-6f0e-4d1c-9d7e-3f2b1a0c9d8e';
  return { kind: 'application', tenantId, appId, displayName: 'Reports', permissions: new Set(permissions) };
}

test('one of the permissions that a route names is enough', () => {
  const caller = callerWith('User.Read.All');
  assert.equal(allows(caller, ['User.Read.All', 'Directory.Read.All']), true);
  assert.equal(allows(caller, ['Directory.Read.All', 'User.Read.All']), true);
  assert.equal(allows(caller, ['Directory.Read.All']), false);
});

test('no permission implies another', () => {
  for (const held of applicationPermissions) {
    const others = applicationPermissions.filter((permission) => permission !== held);
    assert.equal(allows(callerWith(held), others), false, held);
  }
});

test('a route that names no permission is closed', () => {
  assert.equal(allows(callerWith(...applicationPermissions), []), false);
});

test('the list of permissions is closed', () => {
  for (const name of [...applicationPermissions, ...delegatedOnlyPermissions]) assert.equal(isPermission(name), true);
  for (const name of ['', 'user.read.all', 'Mail.Read', 'constructor']) assert.equal(isPermission(name), false);
});

test("a refusal has Graph's code and text, and says what would do", () => {
  const refused = () => requirePermission(callerWith('User.Read.All'), ['Group.Read.All', 'Directory.Read.All']);
  assert.throws(refused, (error) => {
    assert.ok(error instanceof PrivilegesInsufficient);
    assert.equal(error.statusCode, 403);
    assert.equal(error.code, 'Authorization_RequestDenied');
    assert.equal(error.message, 'Insufficient privileges to complete the operation.');
    assert.deepEqual(error.anyOf, ['Group.Read.All', 'Directory.Read.All']);
    assert.match(
      error.hint,
      /'Reports' \(7d1f1f56-.*\) one of these permissions .*: Group\.Read\.All, Directory\.Read\.All\./,
    );
    return true;
  });
  requirePermission(callerWith('Group.Read.All'), ['Group.Read.All']);
});
