import assert from 'node:assert/strict';
import type { Intent } from './intent.ts';
import type { Entry } from './naive-tenant.ts';
import type { RefusalReason } from './refusals.ts';
import type { WaitingUser } from './waiting-line.ts';

/** Whatever can be asked what its users have: the model, the engine, a server. */
export interface ShownTenant {
  entries(userId: string): Entry[];
  waiting(productId: string): WaitingUser[];
  consumed(productId: string): number;
}

/** Everything that is shown of a tenant. */
export interface View {
  entries: Map<string, Entry[]>;
  waiting: Map<string, WaitingUser[]>;
  consumed: Map<string, number>;
}

/** One step of a history: what was before, what is after. */
export interface Happened {
  refusal: RefusalReason | undefined;
  before: View;
  after: View;
  /** What is wanted after the step. */
  intent: Intent;
  /** Settles everybody again and shows what is then. */
  reprocess: () => View;
}

/** What holds after every step of every history: the invariants of the licensing semantics, and what follows from its rules. */
export const invariants: readonly { title: string; holds: (happened: Happened) => void }[] = [
  {
    title: 'seats never oversold: no grant makes consumed exceed usable',
    holds: ({ before, after, intent }) => {
      for (const [productId, usable] of intent.seats) {
        if ((after.consumed.get(productId) ?? 0) <= usable) continue;
        const had = holders(before, productId);
        for (const userId of holders(after, productId))
          assert.ok(had.has(userId), `${userId} got a seat that is not there`);
      }
    },
  },
  {
    title: 'intent never lost: every wanted entry is Active, ActiveWithError or Error',
    holds: ({ after, intent }) => {
      for (const userId of intent.users) {
        const entries = after.entries.get(userId) ?? [];
        for (const wish of intent.wishesOf(userId)) {
          const entry = entries.find((one) => one.source === wish.source && one.productId === wish.productId);
          assert.ok(entry !== undefined, `${userId} lacks the entry of ${wish.productId} from ${wish.source}`);
          const isWhole = wish.plans.every((plan) => entry.enabledPlans.includes(plan));
          if (entry.state === 'Active') assert.deepEqual(entry.enabledPlans, wish.plans.toSorted());
          if (entry.state === 'Error') assert.deepEqual(entry.enabledPlans, []);
          assert.equal(entry.error === 'None', entry.state === 'Active');
          assert.ok(isWhole || entry.error !== 'None');
        }
      }
    },
  },
  {
    title: 'nothing unwanted is in force without a reason',
    holds: ({ after, intent }) => {
      for (const [userId, entries] of after.entries) {
        const wishes = intent.wishesOf(userId);
        for (const entry of entries) {
          const wish = wishes.find((one) => one.source === entry.source && one.productId === entry.productId);
          const isUnwanted = wish === undefined || entry.enabledPlans.some((plan) => !wish.plans.includes(plan));
          if (isUnwanted) assert.equal(entry.state, 'ActiveWithError');
        }
      }
    },
  },
  {
    title: 'in force is safe: no error, shortage or newcomer takes a plan away',
    holds: ({ before, after, intent }) => {
      for (const userId of intent.users) {
        for (const wish of intent.wishesOf(userId)) {
          const [old, now] = [before, after].map((view) =>
            view.entries.get(userId)?.find((one) => one.source === wish.source && one.productId === wish.productId),
          );
          if (old === undefined || old.state === 'Error') continue;
          assert.notEqual(now?.state, 'Error');
          const lost = old.enabledPlans.filter(
            (plan) => wish.plans.includes(plan) && !now?.enabledPlans.includes(plan),
          );
          assert.deepEqual(lost, []);
        }
      }
    },
  },
  {
    title: 'settled is settled: settling again without a new fact changes nothing',
    holds: ({ reprocess, after }) => {
      assert.deepEqual(reprocess(), after);
    },
  },
  {
    title: 'counts agree: consumed equals a recount, the line equals the users in CountViolation',
    holds: ({ after }) => {
      for (const [productId, consumed] of after.consumed) assert.equal(consumed, holders(after, productId).size);
      for (const [productId, line] of after.waiting) {
        const inError = [...after.entries].filter(([, entries]) =>
          entries.some((one) => one.productId === productId && one.error === 'CountViolation'),
        );
        assert.deepEqual(line.map((one) => one.userId).toSorted(), inError.map(([userId]) => userId).toSorted());
        assert.deepEqual(
          line.map((one) => one.position),
          line.map((_, index) => index + 1),
        );
      }
    },
  },
  {
    title: 'CountViolation is said exactly when no seat is free (L-06)',
    holds: ({ after, intent }) => {
      for (const [productId, usable] of intent.seats) {
        if ((after.consumed.get(productId) ?? 0) < usable) assert.deepEqual(after.waiting.get(productId), []);
      }
    },
  },
  {
    title: 'a refused call changes nothing at all',
    holds: ({ refusal, before, after }) => {
      if (refusal !== undefined) assert.deepEqual(after, before);
    },
  },
  {
    title: 'direct assignments are wholly in force: their errors go to the caller (L-16)',
    holds: ({ after, intent }) => {
      for (const [userId, entries] of after.entries) {
        const given = entries.filter((one) => one.source === 'direct');
        const wishes = intent.wishesOf(userId).filter((wish) => wish.source === 'direct');
        assert.deepEqual(
          new Map(given.map((one) => [one.productId, one.enabledPlans])),
          new Map(wishes.map((wish) => [wish.productId, wish.plans.toSorted()])),
        );
      }
    },
  },
];

export function viewOf(tenant: ShownTenant, intent: Intent): View {
  const userIds = [...intent.users];
  const productIds = [...intent.seats.keys()];
  return {
    entries: new Map(userIds.map((id) => [id, tenant.entries(id)])),
    waiting: new Map(productIds.map((id) => [id, tenant.waiting(id)])),
    consumed: new Map(productIds.map((id) => [id, tenant.consumed(id)])),
  };
}

function holders(view: View, productId: string): Set<string> {
  const holding = [...view.entries].filter(([, entries]) =>
    entries.some((one) => one.productId === productId && one.state !== 'Error'),
  );
  return new Set(holding.map(([userId]) => userId));
}
