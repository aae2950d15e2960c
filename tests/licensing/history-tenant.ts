import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { type Database, insertTenant, replaceRules, upsertPlans, upsertProducts } from '@allot/store';
import { sql } from 'kysely';
import { setRules } from '../../packages/server/src/operations/catalogue/rules.ts';
import { setPlan } from '../../packages/server/src/operations/catalogue/set-plan.ts';
import { setProduct } from '../../packages/server/src/operations/catalogue/set-product.ts';
import type { Context } from '../../packages/server/src/operations/context.ts';
import { addMembers } from '../../packages/server/src/operations/directory/add-members.ts';
import { createUsers } from '../../packages/server/src/operations/directory/create-users.ts';
import { deleteUser } from '../../packages/server/src/operations/directory/delete-user.ts';
import { removeMember } from '../../packages/server/src/operations/directory/remove-member.ts';
import { updateUser } from '../../packages/server/src/operations/directory/update-user.ts';
import { setUserAddresses } from '../../packages/server/src/operations/directory/user-addresses.ts';
import { assignGroupLicense } from '../../packages/server/src/operations/licensing/assign-group-license.ts';
import { assignUserLicense } from '../../packages/server/src/operations/licensing/assign-user-license.ts';
import { mergeEqualCohorts } from '../../packages/server/src/operations/licensing/merge-equal-cohorts.ts';
import { reprocessGroup, reprocessUser } from '../../packages/server/src/operations/licensing/reprocess.ts';
import { changeGroupSettings } from '../../packages/server/src/operations/settings/change-group-settings.ts';
import { changeSettings } from '../../packages/server/src/operations/settings/change-settings.ts';
import { changeSubscription } from '../../packages/server/src/operations/subscriptions/change-subscription.ts';
import { createSubscription } from '../../packages/server/src/operations/subscriptions/create-subscription.ts';
import { catalogueDataOf, planDataOf, productDataOf } from '../engine/catalogue-data.ts';
import { refusalReason } from '../engine/refusal-reason.ts';
import type { Change } from '../model/batches.ts';
import type { Step, World } from '../model/random-history.ts';
import type { RefusalReason } from '../model/refusals.ts';
import { normalAddress } from '../model/tenant-state.ts';
import { settleAll } from './tenant.ts';

/** A tenant of its own in the database, on which the operations of the product do the steps of a history. */
export class HistoryTenant {
  readonly ctx: Context;
  /** User numbers of the users there are, by id. */
  readonly users = new Map<string, number>();
  readonly #groups = new Set<string>();
  readonly #members = new Set<string>();
  readonly #subscriptions = new Map<string, string>();
  #settled = 0;

  private constructor(ctx: Context) {
    this.ctx = ctx;
  }

  static async create({ db }: Database, { catalogue, settings }: World): Promise<HistoryTenant> {
    const tenantId = randomUUID();
    const { plans, products, ...rules } = catalogueDataOf(catalogue);
    await insertTenant(db, { tenantId, displayName: 'Test', initialDomain: `${tenantId}.example`, ...settings });
    await sql`
      update allot.tenant set keep_until_replaced = ${settings.keepUntilReplaced} where tenant_id = ${tenantId}
    `.execute(db);
    await upsertPlans(db, tenantId, plans);
    await upsertProducts(db, tenantId, products);
    await replaceRules(db, tenantId, 'classic', rules);
    const actor = { kind: 'app', id: randomUUID(), displayName: 'Test' } as const;
    return new HistoryTenant({ db, tenantId, actor, correlationId: randomUUID() });
  }

  async apply(step: Step): Promise<RefusalReason | undefined> {
    return (await this.applyTogether([step]))[0];
  }

  /** Does one step after the other and settles all that follows from them. @returns why each was refused; undefined: it was not */
  async applyTogether(steps: readonly Change[]): Promise<(RefusalReason | undefined)[]> {
    const refusals: (RefusalReason | undefined)[] = [];
    for (const step of steps) refusals.push(await this.#step(step).then(() => undefined, refusalReason));
    await settleAll(this.ctx);
    this.#settled += 1;
    // Now and then, so that histories also go on with cohorts that are equal.
    if (this.#settled % 3 === 0) while (await mergeEqualCohorts(this.ctx));
    return refusals;
  }

  async #step(step: Change): Promise<unknown> {
    const { ctx } = this;
    switch (step.kind) {
      case 'addUsers':
        return this.#addUsers(step.users);
      case 'setUsageLocation':
        return updateUser(ctx, step.userId, { usageLocation: step.usageLocation });
      case 'setAddresses':
        return setUserAddresses(ctx, step.userId, proxyAddresses(step.addresses));
      case 'deleteUser':
        this.users.delete(step.userId);
        return deleteUser(ctx, step.userId);
      case 'addGroup':
        return this.#addGroup(step.groupId);
      case 'setGroupLicensing':
        return changeGroupSettings(ctx, step.groupId, step.licensing);
      case 'changeMembers':
        return this.#changeMembers(step.changes);
      case 'assignGroup':
        return assignGroupLicense(ctx, step.groupId, bodyOf(step));
      case 'assignDirect':
        return assignUserLicense(ctx, step.userId, bodyOf(step));
      case 'setSeats':
        return this.#setSeats(step.productId, step.usable);
      case 'setRules':
        return setRules(ctx, step);
      case 'setPlan':
        return setPlan(ctx, planDataOf(step.plan));
      case 'setProduct':
        return setProduct(ctx, productDataOf(step.product));
      case 'setSettings':
        return changeSettings(ctx, step.settings);
      case 'reprocess':
        for (const userId of this.users.keys()) await reprocessUser(ctx, userId);
        for (const groupId of this.#groups) await reprocessGroup(ctx, groupId);
        return undefined;
    }
  }

  async #addUsers(users: Extract<Step, { kind: 'addUsers' }>['users']): Promise<void> {
    const created = await createUsers(
      this.ctx,
      users.map(({ id, usageLocation, addresses }) => ({
        id,
        values: {
          userPrincipalName: `${id}@test.example`,
          displayName: id,
          mailNickname: id,
          usageLocation: usageLocation ?? null,
        },
        proxyAddresses: proxyAddresses(addresses ?? []),
      })),
    );
    for (const { id, userNo } of created) this.users.set(id, userNo);
  }

  async #addGroup(groupId: string): Promise<void> {
    this.#groups.add(groupId);
    await sql`
      insert into allot.directory_group (tenant_id, id, display_name, mail_nickname)
      values (${this.ctx.tenantId}, ${groupId}, ${groupId}, ${groupId})
    `.execute(this.ctx.db);
  }

  /** Several calls, judged together because nothing is settled between them (L-09). */
  async #changeMembers(changes: Extract<Step, { kind: 'changeMembers' }>['changes']): Promise<void> {
    for (const { group, user, member } of changes) {
      const key = `${group} ${user}`;
      if (member === this.#members.has(key)) continue;
      if (member) await addMembers(this.ctx, group, [user]);
      else await removeMember(this.ctx, group, user);
      if (member) this.#members.add(key);
      else this.#members.delete(key);
    }
  }

  async #setSeats(productId: string, units: number): Promise<void> {
    const known = this.#subscriptions.get(productId);
    if (known === undefined) {
      const { id } = await createSubscription(this.ctx, { skuId: productId, units });
      assert.ok(id);
      this.#subscriptions.set(productId, id);
    } else await changeSubscription(this.ctx, known, { units });
  }
}

const bodyOf = ({ add, remove }: Extract<Step, { kind: 'assignGroup' }> | Extract<Step, { kind: 'assignDirect' }>) => ({
  addLicenses: add.map(({ productId, disabledPlans }) => ({ skuId: productId, disabledPlans })),
  removeLicenses: remove,
});

/** Each address once, none of them primary: one user of a history may have an address in several spellings. */
const proxyAddresses = (addresses: readonly string[]): string[] => {
  const spelled = new Map(addresses.map((address) => [normalAddress(address), address.replace(/^smtp:/i, 'smtp:')]));
  return [...spelled.values()];
};
