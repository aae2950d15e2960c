import { badRequest, type SeatSeries } from '@allot/contract';
import { loadSeatSeries } from '@allot/store';
import type { Context } from '../context.ts';
import { inSnapshot } from '../licensing/in-snapshot.ts';

/** Instants of one series: more than a chart has room for. */
export const SERIES_POINTS_MAX = 400;

/** Seats of one product, or of all that have or had any, at instants from one to another with the same time between (L-31). */
export const readSeatSeries = (
  ctx: Context,
  asked: {
    readonly from: Date;
    readonly to: Date;
    /** From 2 to `SERIES_POINTS_MAX`. */
    readonly points: number;
    /** Undefined: all. */
    readonly productId: string | undefined;
  },
): Promise<SeatSeries[]> =>
  inSnapshot(ctx, async ({ db, tenantId }) => {
    const [from, to] = [asked.from.getTime(), asked.to.getTime()];
    if (from >= to) throw badRequest('from is not before to.', 'Send an earlier from, or a later to.');
    const instants = Array.from(
      { length: asked.points },
      (_, at) => new Date(Math.round(from + ((to - from) * at) / (asked.points - 1))),
    );
    const rows = await loadSeatSeries(db, tenantId, instants, asked.productId);
    return rows.map(({ productId, skuPartNumber, consumed, usable }) => ({
      skuId: productId,
      skuPartNumber,
      points: instants.map((instant, at) => ({
        at: instant.toISOString(),
        consumedUnits: consumed[at] ?? 0,
        usableUnits: usable[at] ?? 0,
      })),
    }));
  });
