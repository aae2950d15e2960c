import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { wakeStalled } from '@allot/store';
import { sql } from 'kysely';
import type { Context } from '../../packages/server/src/operations/context.ts';
import { assignGroupLicense } from '../../packages/server/src/operations/licensing/assign-group-license.ts';
import { explainUser } from '../../packages/server/src/operations/licensing/explain-user.ts';
import { readSubscribedSkus } from '../../packages/server/src/operations/licensing/read-subscribed-skus.ts';
import { readUserLicensing } from '../../packages/server/src/operations/licensing/read-user-licensing.ts';
import { changeSettings } from '../../packages/server/src/operations/settings/change-settings.ts';
import {
  changeSubscription,
  deleteSubscription,
  type SubscriptionPatch,
} from '../../packages/server/src/operations/subscriptions/change-subscription.ts';
import {
  createSubscription,
  type NewSubscription,
} from '../../packages/server/src/operations/subscriptions/create-subscription.ts';
import { moveSubscriptions } from '../../packages/server/src/operations/subscriptions/move-subscriptions.ts';
import { listSubscriptions } from '../../packages/server/src/operations/subscriptions/read-subscriptions.ts';
import { ageTenant } from '../age-tenant.ts';
import { testDatabase } from '../database.ts';
import { addMembers, addUsers, makeTenant, settleAll, skus } from './tenant.ts';

const dayMs = 86_400_000;
/** So many days from now. */
const inDays = (days: number): Date => new Date(Date.now() + days * dayMs);

/** Three users in a group that gives E3, of which one subscription has `units`. */
async function office(t: TestContext, subscription: Partial<NewSubscription> = {}) {
  const ctx = await makeTenant(await testDatabase(t));
  const users = await addUsers(ctx, 3);
  const group = await addMembers(
    ctx,
    undefined,
    users.map(({ userNo }) => userNo),
  );
  const { id } = await createSubscription(ctx, { skuId: skus.e3, units: 2, ...subscription });
  await assignGroupLicense(ctx, group, { addLicenses: [{ skuId: skus.e3, disabledPlans: [] }], removeLicenses: [] });
  await settleAll(ctx);
  return { ctx, users, group, id, ...asking(ctx, users, id) };
}

function asking(ctx: Context, users: readonly { userNo: number; id: string }[], id: string) {
  const userNos = users.map(({ userNo }) => userNo);
  return {
    /** Time passes, and the background does what is due. */
    later: async (duration: string) => {
      await ageTenant(ctx.db, ctx.tenantId, duration);
      await moveSubscriptions(ctx);
    },
    patch: (patch: SubscriptionPatch) => changeSubscription(ctx, id, patch),
    statuses: async () => (await listSubscriptions(ctx)).map(({ status }) => status),
    /** `state error` of each user. */
    shown: async () => {
      const licensing = await readUserLicensing(ctx, userNos);
      return userNos.map((userNo) => {
        const [state] = licensing.get(userNo)?.licenseAssignmentStates ?? [];
        return state && `${state.state} ${state.error}`;
      });
    },
    licensing: async () => (await readUserLicensing(ctx, userNos)).get(userNos[0] ?? 0),
    sku: async () => {
      const sku = (await readSubscribedSkus(ctx)).find(({ skuId }) => skuId === skus.e3);
      return (
        sku && [sku.capabilityStatus, sku.prepaidUnits, sku.consumedUnits, sku.servicePlans[0]?.provisioningStatus]
      );
    },
  };
}

const units = (counts: { enabled?: number; warning?: number; suspended?: number; lockedOut?: number }) => ({
  enabled: 0,
  suspended: 0,
  warning: 0,
  lockedOut: 0,
  ...counts,
});
const served = ['Active None', 'Active None', 'Error CountViolation'];
const disabled = ['Disabled None', 'Disabled None', 'Error CountViolation'];

test('a subscription that ends is in its warning period, then suspended, then deleted, and nobody loses an assignment (L-15, L-13)', async (t) => {
  const { later, shown, sku, statuses, patch } = await office(t, { endDateTime: inDays(1) });
  assert.deepEqual(await sku(), ['Enabled', units({ enabled: 2 }), 2, 'Success']);

  await later('P2D');
  assert.deepEqual(await statuses(), ['Warning']);
  assert.deepEqual(await sku(), ['Warning', units({ warning: 2 }), 2, 'Success']);
  assert.deepEqual(await shown(), served);

  await later('P30D');
  assert.deepEqual(await statuses(), ['Suspended']);
  assert.deepEqual(await sku(), ['Suspended', units({ suspended: 2 }), 2, 'Disabled']);
  assert.deepEqual(await shown(), disabled);

  await later('P90D');
  assert.deepEqual(await statuses(), ['Deleted']);
  assert.deepEqual(await sku(), ['Deleted', units({}), 2, 'Disabled']);
  assert.deepEqual(await shown(), disabled);

  await patch({ endDateTime: inDays(365) });
  assert.deepEqual(await sku(), ['Enabled', units({ enabled: 2 }), 2, 'Success']);
  assert.deepEqual(await shown(), served);
});

test('a deleted subscription of which nobody holds a seat is not among the products of the tenant', async (t) => {
  const { ctx, group, later, sku, statuses } = await office(t, { endDateTime: inDays(1) });
  await assignGroupLicense(ctx, group, { addLicenses: [], removeLicenses: [skus.e3] });
  await settleAll(ctx);
  await later('P200D');
  assert.deepEqual(await statuses(), ['Deleted']);
  assert.equal(await sku(), undefined);
});

test('after downtime several steps are made at once, and each period begins when the one before ended', async (t) => {
  const end = inDays(1);
  const { ctx, id, later, statuses } = await office(t, { endDateTime: end });
  await later('P61D');
  assert.deepEqual(await statuses(), ['Suspended']);
  const [subscription] = await listSubscriptions(ctx);
  assert.equal(subscription?.nextLifecycleDateTime, new Date(end.getTime() + (30 + 90 - 61) * dayMs).toISOString());

  const { rows } = await sql<{ app: string; target: string; properties: unknown }>`
    select initiated_by -> 'app' ->> 'displayName' as app, targets -> 0 ->> 'id' as target,
           targets -> 0 -> 'modifiedProperties' as properties
    from allot.audit where tenant_id = ${ctx.tenantId} and activity = 'Update subscription'
  `.execute(ctx.db);
  const modified = [{ displayName: 'status', oldValue: '"Enabled"', newValue: '"Suspended"' }];
  assert.deepEqual(rows, [{ app: 'Allot subscription life cycle', target: id, properties: modified }]);
});

test('the background is told of the next move by whatever changes it, and forgets what it need not know', async (t) => {
  const { ctx, id, patch, later } = await office(t);
  const due = async () => {
    const { rows } = await sql<{ at: Date }>`
      select run_at as at from graphile_worker.jobs where key = ${`subscriptions:${ctx.tenantId}`}
    `.execute(ctx.db);
    return rows.map(({ at }) => at.getTime());
  };
  const next = async () =>
    (await listSubscriptions(ctx)).flatMap(({ nextLifecycleDateTime: at }) => (at === null ? [] : Date.parse(at)));
  assert.deepEqual(await due(), []);

  const end = inDays(10);
  await patch({ endDateTime: end });
  assert.deepEqual(await due(), [end.getTime()]);

  const { id: other } = await createSubscription(ctx, { skuId: skus.e3, units: 1, endDateTime: inDays(5) });
  assert.deepEqual(await due(), [Math.min(...(await next()))]);
  await changeSubscription(ctx, other, { status: 'LockedOut' });
  assert.deepEqual(await due(), [end.getTime()]);

  await later('P11D');
  assert.deepEqual(await due(), [end.getTime() - 11 * dayMs + 30 * dayMs]);
  await changeSettings(ctx, { warningPeriod: 'P1M' });
  const [monthLater] = await next();
  assert.deepEqual(await due(), [monthLater]);
  await changeSubscription(ctx, id, { endDateTime: null });
  assert.deepEqual(await due(), []);
});

test('a move whose job was lost is made all the same', async (t) => {
  const { ctx } = await office(t, { endDateTime: inDays(1) });
  const jobs = async () => {
    const { rows } = await sql`select from graphile_worker.jobs where key = ${`subscriptions:${ctx.tenantId}`}`.execute(
      ctx.db,
    );
    return rows.length;
  };
  await sql`select graphile_worker.remove_job(${`subscriptions:${ctx.tenantId}`})`.execute(ctx.db);
  await wakeStalled(ctx.db, 1000);
  assert.equal(await jobs(), 0);
  await ageTenant(ctx.db, ctx.tenantId, 'P2D');
  await wakeStalled(ctx.db, 1000);
  assert.equal(await jobs(), 1);
});

test('a shorter period takes effect at once, and a longer one brings nothing back that is over', async (t) => {
  const { ctx, later, shown, statuses } = await office(t, { endDateTime: inDays(1) });
  await later('P11D');
  assert.deepEqual(await statuses(), ['Warning']);
  await changeSettings(ctx, { warningPeriod: 'P1W' });
  assert.deepEqual(await statuses(), ['Suspended']);
  assert.deepEqual(await shown(), disabled);
  await changeSettings(ctx, { warningPeriod: 'P30D' });
  assert.deepEqual(await statuses(), ['Suspended']);
});

test('a period of no days is none (L-15)', async (t) => {
  const { ctx, later, statuses } = await office(t, { endDateTime: inDays(1) });
  await changeSettings(ctx, { warningPeriod: 'P0D' });
  await later('P2D');
  assert.deepEqual(await statuses(), ['Suspended']);
  await changeSettings(ctx, { suspendedPeriod: 'P0D' });
  assert.deepEqual(await statuses(), ['Deleted']);
});

test('a subscription gives its seats when it starts, and to those who wait (L-12, L-14)', async (t) => {
  const { later, shown, sku, statuses } = await office(t, { startDateTime: inDays(5), endDateTime: inDays(50) });
  assert.deepEqual(await statuses(), ['Upcoming']);
  assert.deepEqual(await sku(), ['Suspended', units({}), 0, 'Disabled']);
  const nobody = ['Error CountViolation', 'Error CountViolation', 'Error CountViolation'];
  assert.deepEqual(await shown(), nobody);
  await later('P4D');
  assert.deepEqual(await shown(), nobody);
  await later('P2D');
  assert.deepEqual(await statuses(), ['Enabled']);
  assert.deepEqual(await shown(), served);
});

test('subscriptions of one product add up, and one that is suspended takes only its own seats', async (t) => {
  const { ctx, later, shown, sku } = await office(t, { endDateTime: inDays(1) });
  await createSubscription(ctx, { skuId: skus.e3, units: 1 });
  const all = ['Active None', 'Active None', 'Active None'];
  assert.deepEqual(await shown(), all);
  await later('P40D');
  assert.deepEqual(await sku(), ['Enabled', units({ enabled: 1, suspended: 2 }), 3, 'Success']);
  assert.deepEqual(await shown(), all);
});

test('while a product is suspended its service plans are, and the user is told why and until when (L-15, L-28)', async (t) => {
  const { ctx, users, licensing, later, patch } = await office(t, { endDateTime: inDays(1) });
  const before = await licensing();
  await later('P40D');
  const during = await licensing();
  assert.deepEqual(
    during?.assignedPlans,
    before?.assignedPlans.map((plan, i) => ({
      ...plan,
      capabilityStatus: 'Suspended',
      assignedDateTime: during?.assignedPlans[i]?.assignedDateTime,
    })),
  );
  assert.deepEqual([...new Set(during?.provisionedPlans.map((plan) => plan.capabilityStatus))], ['Suspended']);
  assert.deepEqual(
    during?.licenseDetails[0]?.servicePlans.map((plan) => plan.provisioningStatus),
    ['Suspended', 'Suspended'],
  );
  assert.deepEqual(during?.assignedLicenses, before?.assignedLicenses);

  const [subscription] = await listSubscriptions(ctx);
  const [explained] = await explainUser(ctx, users[0]?.id ?? '');
  assert.equal(explained?.state, 'Disabled');
  assert.equal(explained?.error, 'None');
  assert.match(
    explained?.sentence ?? '',
    /suspended since \d{4}-\d{2}-\d{2}: every subscription of Office 365 E3 is suspended/,
  );
  assert.ok(explained?.sentence.includes(`until ${subscription?.nextLifecycleDateTime?.slice(0, 10)}`));

  const [waits] = await explainUser(ctx, users[2]?.id ?? '');
  assert.match(
    waits?.sentence ?? '',
    /^No seat of Office 365 E3 is free.*The product is suspended since .*Renew a subscription/,
  );

  await patch({ status: 'Enabled' });
  const renewed = await licensing();
  assert.deepEqual(
    renewed?.assignedPlans.map((plan) => plan.capabilityStatus),
    ['Enabled', 'Enabled'],
  );
  assert.deepEqual(
    renewed?.licenseDetails[0]?.servicePlans.map((plan) => plan.provisioningStatus),
    ['Success', 'Success'],
  );
});

test('an entry was last updated when it was suspended, and when it was renewed (L-27)', async (t) => {
  const { ctx, users, licensing, later, patch } = await office(t, { endDateTime: inDays(1) });
  const updated = async () => (await licensing())?.licenseAssignmentStates[0]?.lastUpdatedDateTime ?? '';
  await ageTenant(ctx.db, ctx.tenantId, 'PT1H');
  const granted = await updated();
  await later('P2D');
  assert.ok((await updated()) < granted, 'moving into the warning period changes no entry');
  await later('P30D');
  const suspended = await updated();
  assert.ok(suspended > granted);
  await later('P1D');
  const waits = (await readUserLicensing(ctx, [users[2]?.userNo ?? 0])).get(users[2]?.userNo ?? 0);
  assert.ok((waits?.licenseAssignmentStates[0]?.lastUpdatedDateTime ?? '') < granted, 'who has nothing loses nothing');
  await patch({ status: 'Enabled' });
  assert.ok((await updated()) > suspended);
});

test('a plan that another product gives stays on while one of the two is suspended (L-02)', async (t) => {
  const { ctx, users, later, licensing } = await office(t, { endDateTime: inDays(1), units: 3 });
  await sql`delete from allot.exclusion_set where tenant_id = ${ctx.tenantId}`.execute(ctx.db);
  await sql`update allot.tenant set catalogue_revision = catalogue_revision + 1 where tenant_id = ${ctx.tenantId}`.execute(
    ctx.db,
  );
  await createSubscription(ctx, { skuId: skus.e1, units: 3 });
  const group = await addMembers(
    ctx,
    undefined,
    users.map(({ userNo }) => userNo),
  );
  await assignGroupLicense(ctx, group, { addLicenses: [{ skuId: skus.e1, disabledPlans: [] }], removeLicenses: [] });
  await settleAll(ctx);
  await later('P40D');
  const states = await licensing();
  assert.deepEqual(
    Object.fromEntries(states?.licenseAssignmentStates.map(({ skuId, state }) => [skuId, state]) ?? []),
    { [skus.e3]: 'Disabled', [skus.e1]: 'Active' },
  );
  assert.deepEqual(states?.assignedPlans.map((plan) => plan.capabilityStatus).toSorted(), [
    'Enabled',
    'Enabled',
    'Suspended',
  ]);
});

test('renewal of any kind makes things work again, and gives seats to those who waited', async (t) => {
  const { ctx, later, shown, patch } = await office(t, { endDateTime: inDays(1) });
  for (const renewal of [
    { endDateTime: inDays(10) },
    { status: 'Enabled', endDateTime: inDays(10) },
    { status: 'Enabled' },
  ] as const) {
    await patch({ endDateTime: inDays(1) });
    await later('P40D');
    assert.deepEqual(await shown(), disabled);
    await patch({ ...renewal, ...('endDateTime' in renewal ? { endDateTime: inDays(10) } : {}) });
    assert.deepEqual(await shown(), served);
  }
  await patch({ endDateTime: inDays(1) });
  await later('P40D');
  await createSubscription(ctx, { skuId: skus.e3, units: 3 });
  assert.deepEqual(await shown(), ['Active None', 'Active None', 'Active None']);
});

test('removing the record of what was suspended gives nobody service back, and a new subscription does (L-13)', async (t) => {
  const { ctx, id, users, later, shown } = await office(t, { endDateTime: inDays(1) });
  await later('P40D');
  await deleteSubscription(ctx, id);
  assert.deepEqual(await shown(), disabled);
  const [explained] = await explainUser(ctx, users[0]?.id ?? '');
  assert.match(explained?.sentence ?? '', /Office 365 E3 has no subscription left.*Add a subscription/);
  await createSubscription(ctx, { skuId: skus.e3, units: 2, startDateTime: inDays(1) });
  assert.deepEqual(await shown(), disabled);
  await later('P2D');
  assert.deepEqual(await shown(), served);
});

test('what an administrator locks out stays so until he says otherwise', async (t) => {
  const { later, shown, sku, statuses, patch } = await office(t, { endDateTime: inDays(1) });
  await patch({ status: 'LockedOut' });
  assert.deepEqual(await shown(), disabled);
  assert.deepEqual(await sku(), ['LockedOut', units({ lockedOut: 2 }), 2, 'Disabled']);
  await later('P400D');
  assert.deepEqual(await statuses(), ['LockedOut']);
  const answer = await patch({ status: 'Enabled' });
  assert.deepEqual([answer.status, answer.endDateTime], ['Enabled', null]);
  assert.deepEqual(await shown(), served);
});
