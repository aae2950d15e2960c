import { ApiError } from '@allot/contract';
import type { Caller } from '../sign-in/caller.ts';
import type { Cost } from './route.ts';

/** What one application may use of one tenant. 0: no limit. */
export interface ThrottleLimits {
  /** Resource units in `resourceUnitSeconds`. */
  readonly resourceUnits: number;
  /** Changes in `writeSeconds`. */
  readonly writes: number;
}

/** How long it takes until a limit that is used up is free again, in seconds; as in Graph. */
const resourceUnitSeconds = 10;
const writeSeconds = 150;

/** Applications and tenants that are remembered, some 200 bytes each; whoever did not ask for longest is forgotten first. */
const CALLERS_MAX = 10_000;
/** From which share of a limit on answers say how much of it is used. */
const SAID_FROM = 0.8;
/** What divisions lose, in units: whoever waited as long as was said must not be told to wait for that. */
const roundingMax = 1e-6;
/** The largest share that is said, as in Graph. */
const SHARE_MAX = 1.8;

/**
 * How much of a limit, of 1, must be left after a request for it to be done. Whoever says that a job can wait is refused first,
 * and leaves the last fifth to the rest; what is said to be urgent may run a tenth over, and owes that before anything else is done.
 * An application that calls everything urgent gets the tenth once: what comes back in a time is the same for all.
 */
const leftAfter = { low: 0.2, normal: 0, high: -0.1 } as const;

/** What `x-ms-throttle-priority` says of a request: Low, Normal or High. */
export type Priority = keyof typeof leftAfter;

/** As Graph does, whatever is not known is taken for Normal. */
export function priorityOf(header: string | readonly string[] | undefined): Priority {
  const said = typeof header === 'string' ? header.trim().toLowerCase() : '';
  return said === 'low' || said === 'high' ? said : 'normal';
}

/** Headers for the answer to a request that may be made. */
export type Throttle = (caller: Caller, cost: Cost, priority?: Priority) => Readonly<Record<string, string>>;

/**
 * Lets each application use so much of each tenant in a time, and says when more may come. It is there so that a program that
 * has gone wild does not take the server from everybody else; each process counts for itself, and forgets when it ends.
 *
 * Limits are token buckets: what is used comes back evenly, and somebody who was idle may use the whole limit at once. A
 * request that is refused uses nothing. Whether a request costs more than the limit does not matter: a full bucket is enough.
 * @param nowMs a clock that does not go back, in milliseconds
 * @returns a function that throws ApiError 429
 */
export function createThrottle(limits: ThrottleLimits, nowMs: () => number): Throttle {
  const callers = new Map<string, { readonly units: Bucket; readonly writes: Bucket }>();
  const bucketsOf = ({ tenantId, appId }: Caller) => {
    const key = `${tenantId}/${appId}`;
    const known = callers.get(key);
    const buckets = known ?? {
      units: bucket(limits.resourceUnits, resourceUnitSeconds),
      writes: bucket(limits.writes, writeSeconds),
    };
    // A Map keeps the order of insertion: the first key is the one not used for longest.
    callers.delete(key);
    callers.set(key, buckets);
    const [oldest] = callers.size > CALLERS_MAX ? callers.keys() : [];
    if (oldest !== undefined) callers.delete(oldest);
    return buckets;
  };
  return (caller, cost, priority = 'normal') => {
    const { units, writes } = bucketsOf(caller);
    const now = nowMs();
    const wanted = [units.want(cost.resourceUnits, now, priority), writes.want(cost.writes, now, priority)] as const;
    const share = Math.min(SHARE_MAX, Math.max(...wanted.map((one) => one.share)));
    const headers = { 'x-ms-resource-unit': String(cost.resourceUnits), ...shareHeader(share) };
    const [unitsWait, writesWait] = wanted.map((one) => one.waitSeconds);
    if (writesWait) throw refusal(caller, headers, { kind: 'Write', limit: limits.writes, waitSeconds: writesWait });
    if (unitsWait) {
      throw refusal(caller, headers, { kind: 'ResourceUnit', limit: limits.resourceUnits, waitSeconds: unitsWait });
    }
    for (const one of wanted) one.take();
    return headers;
  };
}

interface Bucket {
  want(
    cost: number,
    nowMs: number,
    priority: Priority,
  ): {
    /** Of the limit, with this request: 1 is all of it. */
    readonly share: number;
    /** Until there is enough; 0: now. */
    readonly waitSeconds: number;
    readonly take: () => void;
  };
}

function bucket(limit: number, seconds: number): Bucket {
  let left = limit;
  let atMs: number | undefined;
  return {
    want(cost, nowMs, priority) {
      if (limit === 0 || cost === 0) return { share: 0, waitSeconds: 0, take: () => undefined };
      left = Math.min(limit, left + ((nowMs - (atMs ?? nowMs)) / 1000 / seconds) * limit);
      atMs = nowMs;
      const kept = leftAfter[priority] * limit;
      const missing = Math.min(cost + kept, limit) - left;
      return {
        share: (limit - left + cost) / limit,
        waitSeconds: missing > roundingMax ? Math.max(1, Math.ceil((missing / limit) * seconds)) : 0,
        take: () => {
          left = Math.max(Math.min(0, kept), left - cost);
        },
      };
    },
  };
}

function shareHeader(share: number): Readonly<Record<string, string>> {
  const said = Math.round(share * 100) / 100;
  return said > SAID_FROM ? { 'x-ms-throttle-limit-percentage': String(said) } : {};
}

const settings = { Write: 'ALLOT_THROTTLE_WRITES', ResourceUnit: 'ALLOT_THROTTLE_UNITS' } as const;
const windows = {
  Write: `writes in ${writeSeconds} seconds`,
  ResourceUnit: `resource units in ${resourceUnitSeconds} seconds`,
};

function refusal(
  { appId, tenantId }: Caller,
  headers: Readonly<Record<string, string>>,
  { kind, limit, waitSeconds }: { kind: 'Write' | 'ResourceUnit'; limit: number; waitSeconds: number },
): ApiError {
  const access = kind === 'Write' ? 'Write' : 'ReadWrite';
  return new ApiError(429, 'TooManyRequests', 'Please retry again later.', {
    advice:
      `This application may use ${limit} ${windows[kind]}. Send the request again after ${waitSeconds} ` +
      `${waitSeconds === 1 ? 'second' : 'seconds'}; the operator may raise ${settings[kind]}.`,
    headers: {
      ...headers,
      'retry-after': String(waitSeconds),
      'x-ms-throttle-scope': `Tenant_Application/${access}/${appId}/${tenantId}`,
      'x-ms-throttle-information': `${kind}LimitExceeded`,
    },
  });
}
