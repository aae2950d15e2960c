import assert from 'node:assert/strict';
import { sql } from 'kysely';
import { readSeatsAt } from '../../packages/server/src/operations/history/read-seats-at.ts';
import { readUserLicensingAt } from '../../packages/server/src/operations/history/read-user-history.ts';
import { readUserLicensing } from '../../packages/server/src/operations/licensing/read-user-licensing.ts';
import type { NaiveTenant } from '../model/naive-tenant.ts';
import type { HistoryTenant } from './history-tenant.ts';

interface Instant {
  readonly at: Date;
  /** By user id, what each shows of its licenses. */
  readonly licenses: ReadonlyMap<string, readonly string[]>;
  readonly consumed: ReadonlyMap<string, number>;
  /** By user and entry: what it shows, its plans in force, and since when it says it is so. */
  readonly entries: ReadonlyMap<string, { readonly shown: string; readonly plans: string; readonly updated: number }>;
}

/** What a tenant showed at some instants, to be compared with what its history says of them later (L-31). */
export class RecordedPast {
  readonly #tenant: HistoryTenant;
  readonly #instants: Instant[] = [];

  constructor(tenant: HistoryTenant) {
    this.#tenant = tenant;
  }

  /**
   * @param together how many things were done since the last time: one may undo what another did
   * @param model says which plans of an entry are in force: what is shown of a user has them of all entries together
   */
  async record(together: number, model: NaiveTenant): Promise<void> {
    const { ctx, users } = this.#tenant;
    const licensing = await readUserLicensing(ctx, [...users.values()]);
    const entries = new Map<string, { shown: string; plans: string; updated: number }>();
    const licenses = [...users].map(([userId, userNo]): [string, string[]] => {
      const shown = licensing.get(userNo);
      assert.ok(shown, `${userId} exists`);
      const own = new Map(model.entries(userId).map((one) => [`${one.source} ${one.productId}`, one.enabledPlans]));
      for (const {
        lastUpdatedDateTime,
        assignedByGroup,
        skuId,
        state,
        error,
        disabledPlans,
      } of shown.licenseAssignmentStates) {
        assert.ok(lastUpdatedDateTime);
        entries.set(`${userId} ${assignedByGroup} ${skuId}`, {
          shown: `${state} ${error} ${disabledPlans.join()}`,
          plans: (own.get(`${assignedByGroup ?? 'direct'} ${skuId}`) ?? []).toSorted().join(),
          updated: Date.parse(lastUpdatedDateTime),
        });
      }
      const states = shown.licenseAssignmentStates.map(({ assignedByGroup, skuId, state, error, disabledPlans }) =>
        JSON.stringify([assignedByGroup ?? 'direct', skuId, state, error, disabledPlans.toSorted()]),
      );
      return [userId, [...states, ...shown.assignedPlans.flatMap(inForce)].toSorted()];
    });
    const consumed = await readConsumed(this.#tenant);
    const { rows } = await sql<{ at: Date }>`select clock_timestamp() as at`.execute(ctx.db);
    const [row] = rows;
    assert.ok(row);
    // One more millisecond, because that is how exactly instants are told: the next change must not fall into this one.
    await sql`select pg_sleep(0.002)`.execute(ctx.db);
    const instant = { at: new Date(row.at.getTime() + 1), licenses: new Map(licenses), consumed, entries };
    assertTimes(this.#instants.at(-1), instant, together);
    this.#instants.push(instant);
  }

  async assertRemembered(told: string): Promise<void> {
    const { ctx, users } = this.#tenant;
    for (const { at, licenses, consumed } of this.#instants) {
      for (const [userId, shown] of licenses) {
        if (!users.has(userId)) continue;
        const then = await readUserLicensingAt(ctx, { userRef: userId, withCauses: false }, at);
        const states = then.licenses.map(({ source, skuId, state, error, disabledPlans }) =>
          JSON.stringify([source, skuId, state, error, disabledPlans.toSorted()]),
        );
        const plans = new Set(then.licenses.flatMap(({ servicePlans }) => servicePlans));
        assert.deepEqual([...states, ...plans].toSorted(), shown, `${told}: ${userId} at ${at.toISOString()}`);
      }
      const seats = await readSeatsAt(ctx, at);
      assert.deepEqual(
        new Map(seats.flatMap(({ productId, consumed: then }) => (then ? [[productId, then]] : []))),
        consumed,
        told,
      );
    }
  }
}

/** L-27: an entry says when it last changed, and not when another one did. */
function assertTimes(before: Instant | undefined, now: Instant, together: number): void {
  for (const [entry, { shown, plans, updated }] of now.entries) {
    const old = before?.entries.get(entry);
    assert.ok(updated <= now.at.getTime(), entry);
    if (old?.shown !== shown) assert.ok(updated > (before?.at.getTime() ?? 0) - 1, `${entry} changed and says so`);
    else if (old.plans === plans && together === 1) assert.equal(updated, old.updated, `${entry} did not change`);
  }
}

const inForce = ({ servicePlanId, capabilityStatus }: { servicePlanId: string; capabilityStatus: string }): string[] =>
  capabilityStatus === 'Enabled' ? [servicePlanId] : [];

async function readConsumed({ ctx: { db, tenantId } }: HistoryTenant): Promise<Map<string, number>> {
  const { rows } = await sql<{ productId: string; consumed: number }>`
    select product_id as "productId", consumed from allot.product where tenant_id = ${tenantId} and consumed > 0
    order by sku_part_number
  `.execute(db);
  return new Map(rows.map(({ productId, consumed }) => [productId, consumed]));
}
