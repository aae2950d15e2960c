import { ok, type RouteAnswer, type RouteRequest } from '../http/index.ts';
import { checkTenant } from '../operations/check/check-tenant.ts';

/** GET /check: everything counted again */
export const getCheck = async ({ ctx }: RouteRequest): Promise<RouteAnswer> => ok(await checkTenant(ctx));
