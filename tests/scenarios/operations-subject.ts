import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { ApiError } from '@allot/contract';
import { sql } from 'kysely';
import { setRules } from '../../packages/server/src/operations/catalogue/rules.ts';
import { setPlan } from '../../packages/server/src/operations/catalogue/set-plan.ts';
import { setProduct } from '../../packages/server/src/operations/catalogue/set-product.ts';
import type { Context } from '../../packages/server/src/operations/context.ts';
import { addMembers } from '../../packages/server/src/operations/directory/add-members.ts';
import { createGroup, updateGroup } from '../../packages/server/src/operations/directory/change-groups.ts';
import { createUsers } from '../../packages/server/src/operations/directory/create-users.ts';
import { deleteGroup } from '../../packages/server/src/operations/directory/delete-group.ts';
import { deleteUser } from '../../packages/server/src/operations/directory/delete-user.ts';
import { listUsersInError } from '../../packages/server/src/operations/directory/read-users.ts';
import { removeMember } from '../../packages/server/src/operations/directory/remove-member.ts';
import { restoreUser } from '../../packages/server/src/operations/directory/restore-deleted.ts';
import { updateUser } from '../../packages/server/src/operations/directory/update-user.ts';
import { readUserAddresses, setUserAddresses } from '../../packages/server/src/operations/directory/user-addresses.ts';
import { readUserLicensingAt } from '../../packages/server/src/operations/history/read-user-history.ts';
import { assignGroupLicense } from '../../packages/server/src/operations/licensing/assign-group-license.ts';
import { assignUserLicense } from '../../packages/server/src/operations/licensing/assign-user-license.ts';
import { explainUser } from '../../packages/server/src/operations/licensing/explain-user.ts';
import { groupErrors } from '../../packages/server/src/operations/licensing/group-errors.ts';
import { readSubscribedSkus } from '../../packages/server/src/operations/licensing/read-subscribed-skus.ts';
import { readUserLicensing } from '../../packages/server/src/operations/licensing/read-user-licensing.ts';
import { reprocessGroup, reprocessUser } from '../../packages/server/src/operations/licensing/reprocess.ts';
import { settlePending } from '../../packages/server/src/operations/licensing/settle-pending.ts';
import { waitingLine } from '../../packages/server/src/operations/licensing/waiting-line.ts';
import { changeGroupSettings } from '../../packages/server/src/operations/settings/change-group-settings.ts';
import { changeSettings } from '../../packages/server/src/operations/settings/change-settings.ts';
import { readGroupSettings } from '../../packages/server/src/operations/settings/read-group-settings.ts';
import { changeSubscription } from '../../packages/server/src/operations/subscriptions/change-subscription.ts';
import { createSubscription } from '../../packages/server/src/operations/subscriptions/create-subscription.ts';
import { moveSubscriptions } from '../../packages/server/src/operations/subscriptions/move-subscriptions.ts';
import { ageTenant } from '../age-tenant.ts';
import { Ids } from './ids.ts';
import {
  assignBody,
  auditLine,
  type AuditTarget,
  groupBody,
  lostPlans,
  pastEntry,
  readLicenses,
  ruleBody,
} from './bodies.ts';
import { Products } from './products.ts';
import type { Action, ExpectedGroup, ScenarioCatalogue, Units } from './scenario.ts';
import type { Shown, Subject, Waiting } from './subject.ts';

/** A tenant in PostgreSQL, changed and read by the operations of the product. */
export class OperationsSubject implements Subject {
  readonly #ctx: Context;
  readonly #products: Products;
  readonly #ids = new Ids();
  readonly #userNos = new Map<string, number>();
  readonly #subscriptions = new Map<string, string>();
  readonly #deleted = new Map<string, number>();
  #auditSeen = 0;

  /** @param ctx of a tenant that has the catalogue of the scenario and nothing else */
  constructor(ctx: Context, catalogue: ScenarioCatalogue) {
    this.#ctx = ctx;
    this.#products = new Products(catalogue);
  }

  async perform(action: Action): Promise<string | undefined> {
    try {
      await this.#perform({ ...this.#ctx, correlationId: randomUUID() }, action);
      this.#products.apply(action);
      return undefined;
    } catch (error) {
      if (error instanceof ApiError && (error.status === 400 || error.status === 403)) return error.message;
      throw error;
    }
  }

  async settle(): Promise<void> {
    while (await settlePending(this.#ctx));
  }

  async shown(): Promise<Shown> {
    const licensing = await readUserLicensing(this.#ctx, [...this.#userNos.values()]);
    const users = [...this.#userNos].map(([name, userNo]) => {
      const shown = licensing.get(userNo);
      assert.ok(shown, `${name} exists`);
      return [name, readLicenses(shown, this.#ids, this.#products.plansOf)] as const;
    });
    const skus = await readSubscribedSkus(this.#ctx);
    const seats = skus.map(({ skuId, consumedUnits: consumed, prepaidUnits: { enabled, warning } }) => {
      return [skuId, { consumed, usable: enabled + warning }] as const;
    });
    return { users: new Map(users), seats: new Map(seats) };
  }

  async waiting(productId: string): Promise<Waiting[]> {
    const line = await waitingLine(this.#ctx, { productId, top: 100 });
    return line.map(({ userId, position }) => ({ user: this.#ids.name(userId), position }));
  }

  readonly explain = async (user: string): Promise<Map<string, string>> => {
    const entries = await explainUser(this.#ctx, this.#ids.id(user));
    return new Map(entries.map(({ skuId, source, sentence }) => [`${skuId} ${this.#ids.source(source)}`, sentence]));
  };

  readonly groupState = async (group: string): Promise<ExpectedGroup> => {
    const { state, done, failed } = await readGroupSettings(this.#ctx, this.#ids.id(group));
    return { state, done, failed };
  };

  readonly groupErrors = async (group: string) => {
    const id = this.#ids.id(group);
    const errors = await groupErrors(this.#ctx, id);
    const asked = { properties: ['displayName'], top: 100, advanced: false, count: false };
    const { rows } = await listUsersInError(this.#ctx, id, asked);
    return {
      counts: new Map(errors.map(({ skuId, error, count }) => [`${skuId} ${error}`, count])),
      members: rows.map((row) => this.#ids.name(row.id)),
    };
  };

  readonly addresses = async (user: string) => (await readUserAddresses(this.#ctx, this.#ids.id(user))).proxyAddresses;

  readonly lost = async (user: string) =>
    lostPlans((await readUserLicensing(this.#ctx, [this.#userNos.get(user) ?? 0])).get(this.#userNos.get(user) ?? 0));

  readonly had = async (user: string, at: Date) =>
    (await readUserLicensingAt(this.#ctx, { userRef: this.#ids.id(user), withCauses: false }, at)).licenses.map(
      (license) => pastEntry(license, this.#ids),
    );

  readonly audit = async (): Promise<string[]> => {
    const { rows } = await sql<{ activity: string; result: string; targets: AuditTarget[] }>`
      select activity, result, targets from allot.audit where tenant_id = ${this.#ctx.tenantId} order by activity_at
    `.execute(this.#ctx.db);
    const since = rows.slice(this.#auditSeen);
    this.#auditSeen = rows.length;
    return since.map((entry) => auditLine(entry, this.#ids));
  };

  async #perform(ctx: Context, action: Action): Promise<void> {
    const id = (name: string) => this.#ids.id(name);
    switch (action.kind) {
      case 'settings':
        await changeSettings(ctx, action.settings);
        return;
      case 'setRules':
        await setRules(ctx, action.rules);
        return;
      case 'definePlan':
        await setPlan(ctx, action.plan);
        return;
      case 'defineProduct':
        await setProduct(ctx, action.product);
        return;
      case 'seats':
        return this.#setSeats(ctx, action.productId, action.units);
      case 'createUser':
        return this.#createUser(ctx, action);
      case 'setLocation':
        return updateUser(ctx, id(action.user), { usageLocation: action.location });
      case 'setDepartment':
        return updateUser(ctx, id(action.user), { department: action.department });
      case 'setAddresses':
        return setUserAddresses(ctx, id(action.user), action.addresses);
      case 'deleteUser':
        this.#deleted.set(action.user, this.#userNos.get(action.user) ?? 0);
        this.#userNos.delete(action.user);
        return deleteUser(ctx, id(action.user));
      case 'restoreUser':
        await restoreUser(ctx, id(action.user));
        this.#userNos.set(action.user, this.#deleted.get(action.user) ?? 0);
        return;
      case 'createGroup':
        return this.#ids.learn(action.group, await createGroup(ctx, groupBody(action.group, action.type, action.rule)));
      case 'changeRule':
        return updateGroup(ctx, id(action.group), ruleBody(action.change));
      case 'updateGroup':
        await changeGroupSettings(ctx, id(action.group), action.options);
        return;
      case 'deleteGroup':
        await deleteGroup(ctx, id(action.group), action);
        return;
      case 'endSubscription': {
        const known = this.#subscriptions.get(`${action.productId} Enabled`) ?? '';
        await changeSubscription(ctx, known, { endDateTime: new Date(Date.now() + action.days * dayMs) });
        return;
      }
      case 'passTime':
        await ageTenant(ctx.db, ctx.tenantId, `P${action.days}D`);
        return moveSubscriptions(ctx);
      case 'addMembers':
        return addMembers(ctx, id(action.group), action.members.map(id));
      case 'removeMember':
        return removeMember(ctx, id(action.group), id(action.member));
      case 'assignUser':
        return assignUserLicense(ctx, id(action.user), assignBody(action));
      case 'assignGroup':
        return assignGroupLicense(ctx, id(action.group), assignBody(action));
      case 'reprocessUser':
        return reprocessUser(ctx, id(action.user));
      case 'reprocessGroup':
        return reprocessGroup(ctx, id(action.group));
    }
  }

  async #createUser(
    ctx: Context,
    { user, location, addresses, department }: Extract<Action, { kind: 'createUser' }>,
  ): Promise<void> {
    const id = randomUUID();
    const values = {
      userPrincipalName: `${user}@people.example`,
      displayName: user,
      mailNickname: user,
      usageLocation: location,
      department,
    };
    const [created] = await createUsers(ctx, [{ id, values, proxyAddresses: addresses }]);
    assert.ok(created);
    this.#ids.learn(user, id);
    this.#userNos.set(user, created.userNo);
  }

  /** One subscription for each status there are seats in. */
  async #setSeats(ctx: Context, skuId: string, wanted: Units): Promise<void> {
    for (const status of ['Enabled', 'Warning', 'Suspended'] as const) {
      const known = this.#subscriptions.get(`${skuId} ${status}`);
      const units = wanted.get(status) ?? 0;
      if (known !== undefined) await changeSubscription(ctx, known, { units });
      else if (wanted.has(status)) {
        const { id } = await createSubscription(ctx, { skuId, units, status });
        this.#subscriptions.set(`${skuId} ${status}`, id);
      }
    }
  }
}

const dayMs = 24 * 60 * 60 * 1000;
