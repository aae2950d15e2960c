import { randomUUID } from 'node:crypto';
import { connect, type Log, notePendingGroupMembers, notePendingRules } from '@allot/store';
import { sql } from 'kysely';
import type { Context } from '../../packages/server/src/operations/context.ts';
import { createGroup, updateGroup } from '../../packages/server/src/operations/directory/change-groups.ts';
import { assignGroupLicense } from '../../packages/server/src/operations/licensing/assign-group-license.ts';
import { changeWorld } from '../../packages/server/src/operations/licensing/change-world.ts';
import { previewGroupLicense } from '../../packages/server/src/operations/licensing/preview-group-license.ts';
import { settlePending } from '../../packages/server/src/operations/licensing/settle-pending.ts';
import { loadTenantWorld } from '../../packages/server/src/operations/licensing/tenant-world.ts';
import { previewRule } from '../../packages/server/src/operations/rules/preview-rule.ts';
import { elapsedMs } from '../elapsed.ts';
import { addedProduct, benchCatalogue } from '../tenant/catalogue.ts';
import { insertDepartmentMembers } from '../tenant/directory.ts';
import { departmentNames, everybody, groupIdOf, tenantId, unlicensedGroups } from '../tenant/groups.ts';
import { editedRule, manyRules, ruleOver } from '../tenant/rules.ts';
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
      case 'edit-rule': {
        const group = await addRuleGroup(ctx, ruleOver(editedRule.before));
        await licenseGroup(ctx, group);
        return { work: [await elapsedMs(() => editRule(ctx, group))] };
      }
      case 'follow-rules': {
        for (const { rule } of manyRules) await addRuleGroup(ctx, rule);
        await settle(ctx);
        return { work: [await elapsedMs(() => followRules(ctx))] };
      }
      case 'preview-rule': {
        const group = await addRuleGroup(ctx, ruleOver(editedRule.before));
        await licenseGroup(ctx, group);
        const asked = { groupId: group, membershipRule: ruleOver(editedRule.after) };
        return { work: await warm(task.repetitions, () => previewRule(ctx, asked)) };
      }
      case 'preview-bundle':
      case 'preview-all':
      case 'preview-half': {
        const name = {
          'preview-bundle': everybody,
          'preview-all': unlicensedGroups.all,
          'preview-half': unlicensedGroups.half,
        }[work];
        return { work: await warm(task.repetitions, () => previewGroupLicense(ctx, groupIdOf(name), addition)) };
      }
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

const addition = { addLicenses: [{ skuId, disabledPlans: [] }], removeLicenses: [] };

const license = (ctx: Context, group: string): Promise<void> => licenseGroup(ctx, groupIdOf(group));

async function licenseGroup(ctx: Context, groupId: string): Promise<void> {
  await assignGroupLicense(ctx, groupId, addition);
  await settle(ctx);
}

const addRuleGroup = (ctx: Context, membershipRule: string): Promise<string> =>
  createGroup(ctx, {
    displayName: membershipRule.slice(0, 100),
    mailEnabled: false,
    mailNickname: 'rule',
    securityEnabled: true,
    groupTypes: ['DynamicMembership'],
    membershipRule,
    membershipRuleProcessingState: 'On',
  });

async function editRule(ctx: Context, groupId: string): Promise<void> {
  await updateGroup(ctx, groupId, { membershipRule: ruleOver(editedRule.after) });
  await settle(ctx);
}

/** As after an import: everybody may have changed. */
async function followRules(ctx: Context): Promise<void> {
  await ctx.db.transaction().execute((trx) => notePendingRules(trx, tenantId, 'everybody', 'all', randomUUID()));
  await settle(ctx);
}

/** Times of something that changes nothing. */
async function warm(repetitions: number, run: () => Promise<unknown>): Promise<number[]> {
  const times: number[] = [];
  for (let i = 0; i < WARM_UPS + repetitions; i++) {
    const ms = await elapsedMs(run);
    if (i >= WARM_UPS) times.push(ms);
  }
  return times;
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
