import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { CheckResult } from '@allot/contract';
import type { Database } from '@allot/store';
import { sql } from 'kysely';
import { checkTenant } from '../packages/server/src/operations/check/check-tenant.ts';

/** What `allot check` says of one tenant. */
export const checkResult = ({ db }: Pick<Database, 'db'>, tenantId: string): Promise<CheckResult> =>
  checkTenant({
    db,
    tenantId,
    actor: { kind: 'app', id: randomUUID(), displayName: 'Test' },
    correlationId: randomUUID(),
  });

/** The sentences of all differences, each after the name of its check. */
export const sentencesOf = ({ checks }: CheckResult): string[] =>
  checks.flatMap(({ name, differences }) => differences.map(({ sentence }) => `${name}: ${sentence}`));

/** Counts everything again in every tenant of the database; nothing may differ. @returns how much is pending */
export async function assertAgrees(database: Pick<Database, 'db'>): Promise<number> {
  const { rows } = await sql<{ tenantId: string }>`select tenant_id as "tenantId" from allot.tenant`.execute(
    database.db,
  );
  let pending = 0;
  for (const { tenantId } of rows) pending += await assertTenantAgrees(database, tenantId);
  return pending;
}

/** The same in one tenant. */
export async function assertTenantAgrees(database: Pick<Database, 'db'>, tenantId: string): Promise<number> {
  const result = await checkResult(database, tenantId);
  assert.deepEqual(sentencesOf(result), [], `what allot check says of tenant ${tenantId}`);
  assert.equal(result.clean, true);
  return result.pending.users + result.pending.groups;
}
