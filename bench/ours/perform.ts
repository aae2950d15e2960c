import { randomUUID } from 'node:crypto';
import { connect, type Log, notePendingGroupMembers } from '@allot/store';
import { sql } from 'kysely';
import type { Context } from '../../packages/server/src/operations/context.ts';
import { assignGroupLicense } from '../../packages/server/src/operations/licensing/assign-group-license.ts';
import { changeWorld } from '../../packages/server/src/operations/licensing/change-world.ts';
import { settlePending } from '../../packages/server/src/operations/licensing/settle-pending.ts';
import { loadTenantWorld } from '../../packages/server/src/operations/licensing/tenant-world.ts';
import { elapsedMs } from '../elapsed.ts';
import { addedProduct, benchCatalogue } from '../tenant/catalogue.ts';
import { insertDepartmentMembers } from '../tenant/directory.ts';
import { departmentNames, everybody, groupIdOf, tenantId, unlicensedGroups } from '../tenant/groups.ts';
import { contextOf } from '../tenant/settle-tenant.ts';
import type { Times, Work } from '../works.ts';

export interface Task {
  readonly work: Work;
  /** A database of this repetition's own. */
  readonly databaseUrl: string;
  readonly users: number;
  /** For works that undo themselves; the others are done once in a database. */
  readonly repetitions: number;
}

const log: Log = {
  debug() {},
  info() {},
  warn: (details, message) => process.stderr.write(`${message} ${JSON.stringify(details)}\n`),
  error: (details, message) => process.stderr.write(`${message} ${JSON.stringify(details)}\n`),
};

/** Does a work by the product's own operations, as a server that has been running for a while. */
export async function perform(task: Task): Promise<Times> {
  const { databaseUrl, work } = task;
  const database = await connect({ databaseUrl, poolSizeMax: 2, applicationName: 'allot bench: ours', log });
  try {
    const ctx = contextOf(database);
    await loadTenantWorld(ctx.db, tenantId);
    switch (work) {
      case 'change-bundle':
        return { work: await changeBundle(ctx, task.repetitions) };
      case 'license-all':
        return { work: [await elapsedMs(() => license(ctx, unlicensedGroups.all))] };
      case 'license-half':
        return { work: [await elapsedMs(() => license(ctx, unlicensedGroups.half))] };
      case 'add-members':
        return { work: [await elapsedMs(() => addMembers(ctx))] };
      case 'scarce-seats':
        return {
          work: [await elapsedMs(() => license(ctx, unlicensedGroups.all))],
          buy: [await elapsedMs(() => buySeats(ctx, task.users))],
        };
    }
  } finally {
    await database.close();
  }
}

/** Times that are not counted: a process gets fast by what it does, and a server has been running for a while. */
const WARM_UPS = 4;

/** Each time but the last is undone outside the timed part. */
async function changeBundle(ctx: Context, repetitions: number): Promise<number[]> {
  const times: number[] = [];
  for (let i = 0; i < WARM_UPS + repetitions; i++) {
    if (i > 0) await unlicense(ctx, everybody);
    const ms = await elapsedMs(() => license(ctx, everybody));
    if (i >= WARM_UPS) times.push(ms);
  }
  return times;
}

const skuId = benchCatalogue().productId(addedProduct);

async function license(ctx: Context, group: string): Promise<void> {
  await assignGroupLicense(ctx, groupIdOf(group), { addLicenses: [{ skuId, disabledPlans: [] }], removeLicenses: [] });
  await settle(ctx);
}

async function unlicense(ctx: Context, group: string): Promise<void> {
  await assignGroupLicense(ctx, groupIdOf(group), { addLicenses: [], removeLicenses: [skuId] });
  await settle(ctx);
}

/** As an import of memberships does: one statement, and the groups noted as changed. */
async function addMembers(ctx: Context): Promise<void> {
  await ctx.db.transaction().execute(async (trx) => {
    await sql.raw(insertDepartmentMembers.replace('$1', `'${tenantId}'`)).execute(trx);
    for (const name of departmentNames) {
      await notePendingGroupMembers(trx, tenantId, groupIdOf(name), randomUUID());
    }
  });
  await settle(ctx);
}

const buySeats = (ctx: Context, users: number): Promise<unknown> =>
  changeWorld(ctx, 'seats', 'Update subscription', (trx) =>
    sql`update allot.subscription set units = ${users} where tenant_id = ${tenantId} and product_id = ${skuId}`.execute(
      trx,
    ),
  );

async function settle(ctx: Context): Promise<void> {
  while (await settlePending(ctx));
}
