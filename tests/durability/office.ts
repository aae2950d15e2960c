import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import type { Database } from '@allot/store';
import type { Context } from '../../packages/server/src/operations/context.ts';
import { importGroups } from '../../packages/server/src/operations/imports/import-groups.ts';
import { importUsers } from '../../packages/server/src/operations/imports/import-users.ts';
import { createSubscription } from '../../packages/server/src/operations/subscriptions/create-subscription.ts';
import { createTenant } from '../../packages/server/src/operations/tenants/create-tenant.ts';
import { e3, ems, groupsFile, usersFile } from './staff.ts';

const users = 5_000;

/** A tenant in which everybody is to have an E3 and a third will not get one; nothing is settled yet, and nobody works. */
export async function openOffice({ db }: Database): Promise<Context> {
  const { tenantId } = await createTenant(db, {
    displayName: 'Staff',
    initialDomain: 'staff.example',
    defaultUsageLocation: null,
  });
  const ctx: Context = {
    db,
    tenantId,
    actor: { kind: 'app', id: randomUUID(), displayName: 'Test' },
    correlationId: randomUUID(),
  };
  await createSubscription(ctx, { skuId: e3, units: 3_000, status: 'Enabled' });
  await createSubscription(ctx, { skuId: ems, units: users, status: 'Enabled' });
  await importUsers(ctx, Readable.fromWeb(usersFile(users)));
  const groups = groupsFile(users, [{ displayName: 'Everybody', first: 0, step: 1, licenses: 'ENTERPRISEPACK' }]);
  await importGroups(ctx, Readable.from([Buffer.from(groups)]));
  return ctx;
}
