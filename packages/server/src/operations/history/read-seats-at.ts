import { loadChangeNoAt, loadSeatsAfter, type ProductSeats } from '@allot/store';
import type { Context } from '../context.ts';
import { inSnapshot } from '../licensing/in-snapshot.ts';

/** Seats of every product that has or had any, at an instant (L-31). */
export const readSeatsAt = (ctx: Context, at: Date): Promise<ProductSeats[]> =>
  inSnapshot(ctx, async ({ db, tenantId }) => loadSeatsAfter(db, tenantId, await loadChangeNoAt(db, tenantId, at)));
