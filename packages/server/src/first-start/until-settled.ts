import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { countPending, forTenant, type Handle } from '@allot/store';
import type { Context } from '../operations/context.ts';
import { groupLicensingActor } from '../operations/licensing/settle-pending.ts';

/** How often it is asked whether everything is settled. */
const POLL_MS = 25;

/** The context of what the installation does by itself. */
export const contextOf = (db: Handle, tenantId: string): Context => ({
  db: forTenant(db, tenantId),
  tenantId,
  actor: groupLicensingActor,
  correlationId: randomUUID(),
});

/** Waits until everything accepted so far is settled by the workers. */
export async function untilSettled({ db, tenantId }: Context): Promise<void> {
  while ((await countPending(db, tenantId)) > 0) await sleep(POLL_MS);
}
