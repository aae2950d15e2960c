import {
  giveMail,
  insertAudit,
  lockUsers,
  mailIsPending,
  notePendingUsers,
  type GivenMail,
  wakeWorker,
} from '@allot/store';
import { reasonCode } from '../audit/reason-code.ts';
import type { Context } from '../context.ts';
import { modifiedProperties } from '../directory/audit-entries.ts';
import { inTransaction } from '../directory/in-transaction.ts';

/**
 * L-30: gives mail attributes to users for whom a mailbox came into force and who lack mail, up to a limit. Whoever shares an address by
 * that is settled again in the background (L-11).
 * @param correlationId only those of this change; undefined: whoever waits
 * @returns whether more is to do: others who wait, users to be settled or to be compared with rules
 */
export async function giveMailAttributes(ctx: Context, correlationId?: string): Promise<boolean> {
  const { db, tenantId } = ctx;
  if (!(await mailIsPending(db, tenantId, correlationId))) return false;
  return inTransaction(ctx, async (trx) => {
    await lockUsers(trx, tenantId);
    const given = await giveMail(trx, tenantId, correlationId);
    await insertAudit(trx, tenantId, auditEntries(ctx, given));
    await notePendingUsers(trx, tenantId, given.sharing, 'attribute');
    // Rules may read what was given.
    if (given.changes.length > 0) await wakeWorker(trx, tenantId);
    return given.more || given.changes.length > 0;
  });
}

/** One entry a change, whatever the number of its users: the first of them with their values, and how many there are. */
const auditEntries = ({ actor }: Context, { changes }: GivenMail) =>
  changes.map(({ correlationId, users, named }) => ({
    activity: 'Update user' as const,
    category: 'UserManagement' as const,
    correlationId,
    actor,
    targets: named.map(({ id, displayName, mail, proxyAddressesBefore, proxyAddresses }) => ({
      id,
      displayName,
      type: 'User' as const,
      modifiedProperties: modifiedProperties(
        { mail: null, proxyAddresses: proxyAddressesBefore },
        { mail, proxyAddresses },
      ),
    })),
    details: [
      { key: 'reason', value: 'A mailbox plan came into force.' },
      reasonCode('MailboxPlanInForce'),
      { key: 'users', value: String(users) },
    ],
  }));
