import { ok, type RouteAnswer, type RouteRequest } from '../http/index.ts';
import { checkTenant } from '../operations/check/check-tenant.ts';
import { atMost } from './at-most.ts';

/** Checks of one process at a time: each keeps a connection busy for as long as it takes to read a tenant, 24 s for a million users. */
const CHECKS_MAX = 2;

const fewAtATime = atMost(CHECKS_MAX, {
  message: 'Other checks are under way.',
  advice: 'Ask again when they are done.',
  retrySeconds: 10,
});

/** GET /check: everything counted again */
export const getCheck = async ({ ctx }: RouteRequest): Promise<RouteAnswer> =>
  ok(await fewAtATime(() => checkTenant(ctx)));
