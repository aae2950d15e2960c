import { randomBytes, randomUUID } from 'node:crypto';
import { ApiError, forbidden, notFound } from '@allot/contract';
import {
  type Activity,
  type AuditEntry,
  type ChangeSubscription,
  countChangeSubscriptions,
  currentPosition,
  insertAudit,
  insertChangeSubscription,
  removeChangeSubscription,
  renewChangeSubscription,
  selectChangeSubscriptions,
} from '@allot/store';
import type { Outgoing } from '../../outgoing/outgoing.ts';
import type { Context } from '../context.ts';
import { inTransaction } from '../directory/in-transaction.ts';
import { isObjectId } from '../is-object-id.ts';
import type { WantedSubscription } from './subscription-body.ts';

export type { ChangeSubscription } from '@allot/store';

/** Subscriptions at most, as in Graph. */
const ownMax = 100;
const tenantMax = 1_000;
/** How long an address has to answer that it wants to be told. */
const validationSecondsMax = 10;

/**
 * Tells of changes from now on, once each address has answered that it wants to be told.
 * @throws ApiError 400 when one does not, 403 when there are too many
 */
export async function createSubscription(
  ctx: Context,
  wanted: WantedSubscription,
  outgoing: Outgoing,
): Promise<ChangeSubscription> {
  const { own, all } = await countChangeSubscriptions(ctx.db, ctx.tenantId, ctx.actor.id);
  if (own >= ownMax || all >= tenantMax)
    throw forbidden(`An application has at most ${ownMax} subscriptions, a tenant ${tenantMax}. Delete some first.`);
  for (const url of [wanted.notificationUrl, wanted.lifecycleUrl])
    if (url !== null) await validate(new URL(url), outgoing);
  const subscription = { ...wanted, id: randomUUID(), clientId: ctx.actor.id };
  await inTransaction(ctx, async (trx) => {
    await insertChangeSubscription(trx, ctx.tenantId, subscription, await currentPosition(trx, ctx.tenantId));
    await insertAudit(trx, ctx.tenantId, [entry(ctx, 'Add subscription to changes', subscription)]);
  });
  return subscription;
}

/** Subscriptions of the calling application. */
export const listSubscriptionsOf = ({ db, tenantId, actor }: Context): Promise<readonly ChangeSubscription[]> =>
  selectChangeSubscriptions(db, tenantId, actor.id);

/** @throws ApiError 404 also for those of others */
export async function readSubscriptionOf({ db, tenantId, actor }: Context, id: string): Promise<ChangeSubscription> {
  const [found] = isObjectId(id) ? await selectChangeSubscriptions(db, tenantId, actor.id, id) : [];
  if (found === undefined) throw notFound(id);
  return found;
}

/** @throws ApiError 404 */
export async function renewSubscription(ctx: Context, id: string, expiresAt: Date): Promise<ChangeSubscription> {
  return inTransaction(ctx, async (trx) => {
    const found = await readSubscriptionOf({ ...ctx, db: trx }, id);
    await renewChangeSubscription(trx, ctx.tenantId, found.id, expiresAt);
    const renewed = { ...found, expiresAt };
    await insertAudit(trx, ctx.tenantId, [entry(ctx, 'Update subscription to changes', renewed)]);
    return renewed;
  });
}

/** What was not delivered yet is not any more. @throws ApiError 404 */
export async function deleteSubscription(ctx: Context, id: string): Promise<void> {
  await inTransaction(ctx, async (trx) => {
    const found = await readSubscriptionOf({ ...ctx, db: trx }, id);
    await removeChangeSubscription(trx, ctx.tenantId, found.id);
    await insertAudit(trx, ctx.tenantId, [entry(ctx, 'Delete subscription to changes', found)]);
  });
}

const entry = (ctx: Context, activity: Activity, { id, resource, expiresAt }: ChangeSubscription): AuditEntry => ({
  activity,
  category: 'ApplicationManagement',
  correlationId: ctx.correlationId,
  actor: ctx.actor,
  targets: [{ id, displayName: resource, type: 'Other' }],
  details: [{ key: 'expirationDateTime', value: expiresAt.toISOString() }],
});

/** Whoever can be posted to has to send back what was sent: nobody is told of changes who did not ask for it. */
async function validate(url: URL, outgoing: Outgoing): Promise<void> {
  const token = randomBytes(32).toString('base64url');
  const asked = new URL(url);
  asked.searchParams.set('validationToken', token);
  const answer = await outgoing.post({ url: asked, secondsMax: validationSecondsMax }).catch((error: unknown) => {
    throw refused(
      outgoing.refusalOf(url) ??
        (error instanceof Error && error.message.startsWith('Addresses')
          ? error.message
          : `${url.host} did not answer within ${validationSecondsMax} seconds.`),
    );
  });
  if (answer.status !== 200 || answer.text.trim() !== token)
    throw refused(`${url.host} answered ${answer.status} and not the token.`);
}

const refused = (why: string): ApiError =>
  new ApiError(
    400,
    'ValidationError',
    'Subscription validation request failed. Notification endpoint must respond with 200 OK to validation request.',
    { advice: `${why} Answer POST …?validationToken=… with 200, text/plain and the token as the body.` },
  );
