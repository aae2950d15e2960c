import type { TenantChanges } from '@allot/contract';
import { canGoOnFrom, changedSince, lookAtTenant, type TenantLook } from '@allot/store';
import type { Context } from '../context.ts';
import { readPosition, writePosition } from './position-text.ts';

export interface WatchLimits {
  /** How old what is told may be, and how long after a change those who wait are told of it at most, in milliseconds. */
  readonly lookMs: number;
  /** How long anybody waits, in milliseconds: less than the half minute after which proxies give up. */
  readonly waitMs: number;
  /** Who wait at a time in this process. Each takes a connection of the network and none of the database. */
  readonly waitersMax: number;
  /** Tenants that are remembered between questions. */
  readonly tenantsMax: number;
}

const defaultLimits: WatchLimits = { lookMs: 1_000, waitMs: 25_000, waitersMax: 1_000, tenantsMax: 1_000 };

/** Positions that are remembered to say the same; a process answers few others than its own. */
const SAME_POSITIONS_MAX = 1_000;

type TellChanges = (
  ctx: Context,
  asked: { readonly since: string | undefined; readonly ended: AbortSignal },
) => Promise<TenantChanges>;

/**
 * Tells how far tenants are, at once or when they have changed. Of each tenant one look at a time serves everybody who asks, so tabs may ask as
 * often as they like.
 */
export function createChangeWatch(limits: WatchLimits = defaultLimits): TellChanges {
  const watches = new Map<string, TenantWatch>();
  const waiting = { count: 0 };
  return async (ctx, { since, ended }) => {
    const watch = watches.get(ctx.tenantId) ?? new TenantWatch(limits);
    // The order of a Map is that of insertion, so the first is the one not asked for longest.
    watches.delete(ctx.tenantId);
    watches.set(ctx.tenantId, watch);
    for (const [tenantId, { isIdle }] of watches) {
      if (watches.size <= limits.tenantsMax) break;
      if (isIdle) watches.delete(tenantId);
    }
    const now = await watch.look(ctx);
    if (since === undefined || !(await watch.isStill(ctx, since))) return now;
    const unchanged = { position: since, pending: now.pending };
    if (ended.aborted || waiting.count >= limits.waitersMax) return unchanged;
    waiting.count += 1;
    try {
      return (await watch.wait(ctx, since, ended)) ?? unchanged;
    } finally {
      waiting.count -= 1;
    }
  };
}

/** `GET /allot/v1/changes` of this process. */
export const tellChanges: TellChanges = createChangeWatch();

/** What is known of one tenant. */
class TenantWatch {
  readonly #limits: WatchLimits;
  /** The last look; what it saw, `#told` says, and every text of `#same`. */
  #seen: TenantLook | undefined;
  #told: TenantChanges = { position: '', pending: 0 };
  #same = new Set<string>();
  #lookedAt = -Infinity;
  #looking: Promise<TenantChanges> | undefined;
  readonly #waiters = new Set<Waiter>();
  #timer: NodeJS.Timeout | undefined;

  constructor(limits: WatchLimits) {
    this.#limits = limits;
  }

  get isIdle(): boolean {
    return this.#waiters.size === 0;
  }

  /** How far the tenant is, or was a moment ago. */
  async look(ctx: Context): Promise<TenantChanges> {
    if (performance.now() - this.#lookedAt < this.#limits.lookMs) return this.#told;
    this.#looking ??= this.#lookAnew(ctx).finally(() => {
      this.#looking = undefined;
    });
    return this.#looking;
  }

  async #lookAnew({ db, tenantId }: Context): Promise<TenantChanges> {
    const begun = performance.now();
    const now = await lookAtTenant(db, tenantId);
    const before = this.#seen;
    // What happens between the two is seen by the second, and again by the next look: told twice at worst, and never not at all.
    if (before === undefined || differs(before, now) || (await changedSince(db, tenantId, before.position))) {
      this.#told = { position: writePosition(now), pending: now.pending };
      this.#same = new Set([this.#told.position]);
      for (const waiter of this.#waiters) waiter.tell(this.#told);
    }
    this.#seen = now;
    this.#lookedAt = begun;
    return this.#told;
  }

  /** Whether nothing has changed since a position, of this process or another one. @throws ApiError 400 when it is none */
  async isStill(ctx: Context, since: string): Promise<boolean> {
    const { db, tenantId } = ctx;
    if (this.#same.has(since)) return true;
    const then = readPosition(since);
    const now = this.#seen;
    if (now === undefined || differs(then, now) || !canGoOnFrom(then.position, now.position)) return false;
    if (await changedSince(db, tenantId, then.position)) return false;
    // A look came between, and may have seen what this did not.
    if (now !== this.#seen) return this.isStill(ctx, since);
    if (this.#same.size >= SAME_POSITIONS_MAX) return false;
    this.#same.add(since);
    return true;
  }

  /** @returns undefined: nothing changed until the time was over, or whoever waits is gone */
  async wait(ctx: Context, since: string, ended: AbortSignal): Promise<TenantChanges | undefined> {
    // A look may have come since the question was asked.
    if (!this.#same.has(since)) return this.#told;
    return new Promise((resolve, reject) => {
      const leave = () => {
        clearTimeout(over);
        ended.removeEventListener('abort', giveUp);
        this.#waiters.delete(waiter);
        if (this.#waiters.size > 0) return;
        clearTimeout(this.#timer);
        this.#timer = undefined;
      };
      const tell = (told: TenantChanges | undefined) => {
        leave();
        resolve(told);
      };
      const giveUp = () => tell(undefined);
      const fail = (error: Error) => {
        leave();
        reject(error);
      };
      const over = setTimeout(giveUp, this.#limits.waitMs);
      const waiter: Waiter = { tell, fail };
      ended.addEventListener('abort', giveUp);
      this.#waiters.add(waiter);
      this.#lookAgainLater(ctx);
    });
  }

  /** As long as anybody waits. */
  #lookAgainLater(ctx: Context): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.look(ctx).then(
        () => {
          if (this.#waiters.size > 0) this.#lookAgainLater(ctx);
        },
        (error: unknown) => {
          const reason = error instanceof Error ? error : new Error(String(error));
          for (const waiter of this.#waiters) waiter.fail(reason);
        },
      );
    }, this.#limits.lookMs);
  }
}

interface Waiter {
  readonly tell: (told: TenantChanges) => void;
  readonly fail: (error: Error) => void;
}

const differs = (a: TenantLook, b: TenantLook): boolean => a.version !== b.version || a.pending !== b.pending;
