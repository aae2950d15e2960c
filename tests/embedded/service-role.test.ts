import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { connect, forTenant, startEmbedded } from '@allot/store';
import { sql } from 'kysely';
import { createTenant } from '../../packages/server/src/operations/tenants/create-tenant.ts';
import { prepareDatabase } from '../../packages/server/src/workers/prepare-database.ts';
import { silentLog } from './silent-log.ts';
import { temporaryDirectory } from './temporary-directory.ts';

const options = { poolSizeMax: 2, applicationName: 'test', log: silentLog };
const tenant = { displayName: 'Kept', initialDomain: 'kept.example', defaultUsageLocation: null };

test('a data directory in which everything belongs to the superuser, as older versions made it, goes on under policies', async () => {
  const dataDir = join(await temporaryDirectory(), 'data');
  const older = await startEmbedded({ dataDir, log: silentLog });
  after(() => older.stop());
  const superuser = await connect({ ...options, databaseUrl: older.superuserUrl });
  after(() => superuser.close());
  await superuser.pool.query('alter database allot owner to allot');
  await prepareDatabase(superuser, silentLog);
  const { tenantId } = await createTenant(superuser.db, tenant);
  await superuser.close();
  await older.stop();

  const embedded = await startEmbedded({ dataDir, log: silentLog });
  after(() => embedded.stop());
  const database = await connect({ ...options, databaseUrl: embedded.databaseUrl });
  after(() => database.close());
  await prepareDatabase(database, silentLog);
  const owners = await database.pool.query<{ owner: string }>(`
    select distinct owner::regrole::text as owner from (
      select datdba as owner from pg_database where datname = 'allot'
      union all select nspowner from pg_namespace where nspname in ('allot', 'allot_migration', 'graphile_worker')
      union all select relowner from pg_class where relnamespace::regnamespace::text in ('allot', 'allot_migration', 'graphile_worker')
      union all select proowner from pg_proc where pronamespace::regnamespace::text in ('allot', 'allot_migration', 'graphile_worker')
      union all select typowner from pg_type where typnamespace::regnamespace::text in ('allot', 'allot_migration', 'graphile_worker')) as o`);
  assert.deepEqual(owners.rows, [{ owner: 'allot_service' }]);
  const { rows } = await database.pool.query(
    `select rolsuper or rolbypassrls as exempt from pg_roles where rolname = current_user`,
  );
  assert.deepEqual(rows, [{ exempt: false }]);
  assert.equal((await database.pool.query('select from allot.tenant')).rowCount, 0);
  assert.equal((await sql`select from allot.tenant`.execute(forTenant(database.db, tenantId))).rows.length, 1);
  await createTenant(database.db, { ...tenant, initialDomain: 'new.example' });
});
