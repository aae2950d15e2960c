import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, test } from 'node:test';

import { findApplication } from '@allot/store';

import { applicationPermissions, createFirstApplication } from '../../packages/server/src/sign-in/index.ts';
import { secretMatches } from '../../packages/server/src/sign-in/secret-hash.ts';
import { testDatabase } from '../database.ts';
import { createTenant } from './sign-in-server.ts';

const { db } = await testDatabase({ after });

test('the first application has all permissions and a secret of its own, of which only the hash is stored', async () => {
  const { tenantId } = await createTenant(db);
  const one = await createFirstApplication(db, tenantId);
  const other = await createFirstApplication(db, (await createTenant(db)).tenantId);
  assert.notEqual(one.clientSecret, other.clientSecret);
  assert.ok(one.clientSecret.length >= 43);
  const stored = await findApplication(db, tenantId, one.clientId);
  assert.ok(stored !== undefined);
  const { secretHash, ...rest } = stored;
  assert.deepEqual(rest, {
    tenantId,
    clientId: one.clientId,
    displayName: 'Allot administration',
    permissions: [...applicationPermissions],
    publicClient: false,
    redirectUris: [],
    delegatedPermissions: [],
  });
  assert.ok(secretHash !== null);
  assert.equal(await secretMatches(one.clientSecret, secretHash), true);
  assert.equal(secretHash.includes(one.clientSecret), false);
});

test('the operator chooses the secret if they want to', async () => {
  const { tenantId } = await createTenant(db);
  const { clientId, clientSecret } = await createFirstApplication(db, tenantId, { secret: 'chosen: ~ %41' });
  assert.equal(clientSecret, 'chosen: ~ %41');
  const stored = await findApplication(db, tenantId, clientId);
  assert.equal(await secretMatches('chosen: ~ %41', stored?.secretHash ?? ''), true);
});

test('a secret that cannot be sent is refused with what to change', async () => {
  for (const secret of ['', 'sécret', 'two\nlines', 'x'.repeat(1025)]) {
    const tenantId = randomUUID();
    await assert.rejects(
      createFirstApplication(db, tenantId, { secret }),
      /printable ASCII characters\. Change ALLOT_ADMIN_CLIENT_SECRET/,
    );
  }
});
