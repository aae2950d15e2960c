import { badRequest } from '@allot/contract';
import { ok, type RouteAnswer, type RouteRequest } from '../http/index.ts';
import { readSeatsAt } from '../operations/history/read-seats-at.ts';
import { readSeatSeries, SERIES_POINTS_MAX } from '../operations/history/read-seat-series.ts';
import { readUserHistory, readUserLicensingAt } from '../operations/history/read-user-history.ts';
import { guid } from './fields.ts';
import { wholeNumber } from './page.ts';
import { readAudits } from './permissions.ts';

/**
 * GET /users/{id | userPrincipalName}/history, newest first; with `?at=INSTANT`: what the user had then. A deleted user is named by id. Who caused
 * a change is told to those who may read the audit log.
 */
export async function getUserHistory({ ctx, query, param, hasPermission }: RouteRequest): Promise<RouteAnswer> {
  const at = query.get('at');
  const asked = { userRef: param('id'), withCauses: hasPermission(readAudits) };
  if (at === undefined) return ok({ value: await readUserHistory(ctx, asked) });
  return ok(await readUserLicensingAt(ctx, asked, instant(at, 'at')));
}

/** GET /seats, with `?at=INSTANT`: those of then */
export async function getSeats({ ctx, query }: RouteRequest): Promise<RouteAnswer> {
  const at = query.get('at');
  const seats = await readSeatsAt(ctx, at === undefined ? new Date() : instant(at, 'at'));
  return ok({
    value: seats.map(({ productId, skuPartNumber, consumed, usable }) => ({
      skuId: productId,
      skuPartNumber,
      consumedUnits: consumed,
      usableUnits: usable,
    })),
  });
}

const seriesDaysDefault = 30;
const seriesPointsDefault = 61;

/** GET /seats/series?skuId=&from=&to=&points=: seats over time; without anything of all products, the last month */
export async function getSeatSeries({ ctx, query }: RouteRequest): Promise<RouteAnswer> {
  const [skuId, from, to] = ['skuId', 'from', 'to'].map((name) => query.get(name));
  const end = to === undefined ? new Date() : instant(to, 'to');
  const begin = from === undefined ? new Date(end.getTime() - seriesDaysDefault * 86_400_000) : instant(from, 'from');
  const points = wholeNumber(query.get('points'), 'points', SERIES_POINTS_MAX, 2) ?? seriesPointsDefault;
  const productId = skuId === undefined ? undefined : guid(skuId, 'skuId');
  return ok({ value: await readSeatSeries(ctx, { from: begin, to: end, points, productId }) });
}

/** A date with a time and a zone: without a zone it would be another instant on another server. */
const instants = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,7})?)?(Z|[+-]\d\d:\d\d)$/;

function instant(text: string, name: string): Date {
  // A plus sign in a query means a blank.
  const at = new Date(text.replace(' ', '+'));
  if (instants.test(text.replace(' ', '+')) && !Number.isNaN(at.getTime())) return at;
  throw badRequest(`${name} is no instant: '${text}'.`, `Give one with its zone, like ${name}=2026-11-20T08:00:00Z.`);
}
