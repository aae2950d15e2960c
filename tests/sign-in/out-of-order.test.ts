import assert from 'node:assert/strict';
import { test } from 'node:test';

import { sql } from 'kysely';

import type { Handle } from '@allot/store';

import { hashingAtOnceMax, hashingWaitingMax } from '../../packages/server/src/sign-in/check-secret.ts';
import { testDatabase } from '../database.ts';
import { askForToken, createTenant, startSignInServer } from './sign-in-server.ts';

/** Makes every look at the applications fail with this SQLSTATE. */
async function breakApplications(db: Handle, sqlState: string): Promise<void> {
  await sql`alter table allot.application rename to application_before`.execute(db);
  await sql
    .raw(`
      create function allot.fail() returns boolean language plpgsql as $$
      begin raise exception 'inner details' using errcode = '${sqlState}'; end $$`)
    .execute(db);
  await sql`create view allot.application as select * from allot.application_before where allot.fail()`.execute(db);
}

for (const { sqlState, status, error, code, says } of [
  {
    sqlState: '57P03',
    status: 503,
    error: 'temporarily_unavailable',
    code: 90033,
    says: /The database cannot be reached\. Try again/,
  },
  { sqlState: 'XX000', status: 500, error: 'server_error', code: 50000, says: /The log says why, under this trace id/ },
]) {
  test(`a failure of the database (${sqlState}) is answered ${status} without inner details`, async (t) => {
    const { db } = await testDatabase(t);
    const { url } = await startSignInServer(t, { db });
    const { tenantId, clientId, clientSecret } = await createTenant(db);
    await breakApplications(db, sqlState);
    const form = { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret };
    const { body, ...answer } = await askForToken(url, tenantId, form);
    assert.deepEqual([answer.status, body['error'], body['error_codes']], [status, error, [code]]);
    assert.match(String(body['error_description']), says);
    assert.equal(JSON.stringify(body).includes('inner details'), false);
    assert.equal(answer.headers.get('retry-after'), status === 503 ? '1' : null);
  });
}

test('more wrong secrets than can be checked are put off, while a known client gets its token', async (t) => {
  const { db } = await testDatabase(t);
  const { url } = await startSignInServer(t, { db });
  const { tenantId, clientId, clientSecret } = await createTenant(db);
  const form = { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret };
  assert.equal((await askForToken(url, tenantId, form)).status, 200);
  // Some are checked while others arrive, so it takes more than there is room for.
  const many = (hashingAtOnceMax + hashingWaitingMax) * 2;
  const wrong = Array.from({ length: many }, (_, number) =>
    askForToken(url, tenantId, { ...form, client_secret: `wrong ${number}` }),
  );
  assert.equal((await askForToken(url, tenantId, form)).status, 200);
  const answers = await Promise.all(wrong);
  const putOff = answers.filter(({ status }) => status === 429);
  assert.ok(putOff.length > 0);
  assert.equal(answers.filter(({ status }) => status === 401).length, many - putOff.length);
  for (const { body, headers } of putOff) {
    assert.deepEqual(
      [body['error'], body['error_codes'], headers.get('retry-after')],
      ['temporarily_unavailable', [90033], '1'],
    );
  }
});
