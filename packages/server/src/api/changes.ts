import { ok, type RouteAnswer, type RouteRequest } from '../http/index.ts';
import { tellChanges } from '../operations/changes/watch-changes.ts';

/** GET /changes, with `?since=POSITION`: as soon as something has changed after it, or when it has not for a while */
export const getChanges = async ({ ctx, query, ended }: RouteRequest): Promise<RouteAnswer> =>
  ok(await tellChanges(ctx, { since: query.get('since'), ended: ended() }));
