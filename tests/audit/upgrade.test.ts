import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { insertAudit } from '@allot/store';
import { sql } from 'kysely';
import { emptyDatabase } from '../database.ts';

const migration = (name: string) =>
  readFile(new URL(`../../packages/store/migrations/${name}.sql`, import.meta.url), 'utf8');

test('entries written before they could be searched are found like those written since', async (t) => {
  const { db, pool } = await emptyDatabase(t);
  await pool.query(await migration('0001-directory-catalogue-licensing'));
  const tenantId = randomUUID();
  const entry = {
    activity: 'Add member to group',
    category: 'GroupManagement',
    correlationId: randomUUID(),
    actor: { kind: 'app', id: 'A1', displayName: 'Synchronization' },
    targets: [
      {
        id: randomUUID(),
        displayName: 'ANNE',
        type: 'User',
        modifiedProperties: [{ displayName: 'id', oldValue: null, newValue: 'x' }],
      },
      { id: randomUUID(), displayName: null, type: 'Group' },
    ],
  } as const;
  const initiatedBy = { user: null, app: { appId: entry.actor.id, displayName: entry.actor.displayName } };
  await sql`
    insert into allot.audit (tenant_id, activity, category, correlation_id, initiated_by, targets)
    values (${tenantId}, ${entry.activity}, ${entry.category}, ${entry.correlationId}, ${JSON.stringify(initiatedBy)}::jsonb,
            ${JSON.stringify(entry.targets)}::jsonb)
  `.execute(db);
  await pool.query(await migration('0005-audit-search'));
  await insertAudit(db, tenantId, [entry]);
  const { rows } = await sql<{ terms: readonly string[] }>`
    select terms from allot.audit where tenant_id = ${tenantId} order by activity_at
  `.execute(db);
  const [before, since] = rows.map(({ terms }) => terms.toSorted());
  assert.deepEqual(before, since);
  assert.ok(since?.includes('targetresources/displayname:anne'));
});
