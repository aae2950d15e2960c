import {
  canGoOnFrom,
  changedSince,
  currentPosition,
  type Handle,
  insertChangeNotifications,
  lockChangeSubscriptions,
  moveSubscriptionOn,
  type Position,
  selectChangedGroups,
  selectChangedMembers,
  selectChangedUsers,
  type SubscriptionStanding,
} from '@allot/store';

/** Objects that one statement finds, and that one message names, at most. */
const pageMax = 1_000;
const itemsMax = 100;
/** Members that one item names at most. */
const membersMax = 100;
/** Objects that one round tells of at most, where there is an address to say so instead. */
const toldMax = 100_000;

/** How old a position of a tenant gets in which nothing happens. */
const quietMsMax = 3_600_000;

/**
 * Writes down for each subscription of a tenant what changed since the last time, in one transaction with how far that is: so nothing is told that did not
 * happen, and nothing is lost when a process dies.
 */
export async function collectNotifications(db: Handle, tenantId: string): Promise<void> {
  await db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (trx) => {
      const subscriptions = await lockChangeSubscriptions(trx, tenantId);
      if (!subscriptions.length) return;
      const now = await currentPosition(trx, tenantId);
      for (const subscription of subscriptions) {
        const { position } = subscription;
        // Positions of quiet tenants are moved on now and then, so that they stay good.
        if (now.at - position.at < quietMsMax && !(await changedSince(trx, tenantId, position))) continue;
        await collect(trx, tenantId, subscription, now);
        await moveSubscriptionOn(trx, tenantId, subscription.id, now);
      }
    });
}

async function collect(
  trx: Handle,
  tenantId: string,
  subscription: SubscriptionStanding,
  now: Position,
): Promise<void> {
  const { id, notificationUrl: url, lifecycleUrl } = subscription;
  if (!canGoOnFrom(subscription.position, now)) return missed(trx, tenantId, subscription);
  let told = 0;
  const found = subscription.kind === 'users' ? changedUsers : changedGroups;
  for await (const objects of found(trx, tenantId, subscription)) {
    const items = objects
      .filter(({ changeType }) => wants(subscription, changeType))
      .map((one) => itemOf(tenantId, subscription, one));
    told += items.length;
    if (told > toldMax && lifecycleUrl !== null) return missed(trx, tenantId, subscription);
    const messages = Array.from({ length: Math.ceil(items.length / itemsMax) }, (_, at) => ({
      subscriptionId: id,
      url,
      items: items.slice(at * itemsMax, (at + 1) * itemsMax),
    }));
    await insertChangeNotifications(trx, tenantId, messages);
  }
}

/** Graph's `created` is told as `updated`. */
const wants = ({ changeTypes }: SubscriptionStanding, changeType: 'updated' | 'deleted'): boolean =>
  changeTypes.includes(changeType) || (changeType === 'updated' && changeTypes.includes('created'));

interface ChangedObject {
  readonly id: string;
  readonly changeType: 'updated' | 'deleted';
  readonly members?: readonly object[];
}

async function* changedUsers(
  trx: Handle,
  tenantId: string,
  { position: since, objectId }: SubscriptionStanding,
): AsyncGenerator<readonly ChangedObject[]> {
  const ids = objectId === null ? undefined : [objectId];
  for (let after = 0; ; ) {
    const found = await selectChangedUsers(trx, tenantId, { since, ids, after, licenses: true, limit: pageMax });
    yield found.map(({ id, standing }) => ({ id, changeType: standing === 'present' ? 'updated' : 'deleted' }));
    const last = found.at(-1);
    if (last === undefined || found.length < pageMax) return;
    after = last.userNo;
  }
}

async function* changedGroups(
  trx: Handle,
  tenantId: string,
  { position: since, objectId, resource }: SubscriptionStanding,
): AsyncGenerator<readonly ChangedObject[]> {
  const ids = objectId === null ? undefined : [objectId];
  const membersOnly = /members\/*$/i.test(resource);
  for (let after: string | undefined; ; ) {
    const found = await selectChangedGroups(trx, tenantId, { since, ids, after, members: true, limit: pageMax });
    const objects: ChangedObject[] = [];
    for (const { id, standing, membersChanged } of found) {
      if (membersOnly && !membersChanged) continue;
      const members = membersChanged && standing === 'present' ? await membersOf(trx, tenantId, id, since) : undefined;
      const changeType = standing === 'present' ? 'updated' : 'deleted';
      objects.push({ id, changeType, ...(members === undefined ? {} : { members }) });
    }
    yield objects;
    const last = found.at(-1);
    if (last === undefined || found.length < pageMax) return;
    after = last.id;
  }
}

const membersOf = async (trx: Handle, tenantId: string, groupId: string, since: Position): Promise<readonly object[]> =>
  (await selectChangedMembers(trx, tenantId, groupId, since, { after: 0, limit: membersMax })).map(({ id, removed }) =>
    removed ? { id, '@removed': 'deleted' } : { id },
  );

function itemOf(
  tenantId: string,
  subscription: SubscriptionStanding,
  { id, changeType, members }: ChangedObject,
): object {
  const [collection, type] = subscription.kind === 'users' ? ['Users', 'User'] : ['Groups', 'Group'];
  return {
    ...headOf(tenantId, subscription),
    changeType,
    resource: `${collection}/${id}`,
    resourceData: {
      '@odata.type': `#Microsoft.Graph.${type}`,
      '@odata.id': `${collection}/${id}`,
      id,
      organizationId: tenantId,
      ...(members === undefined ? {} : { 'members@delta': members }),
    },
  };
}

const headOf = (tenantId: string, { id, clientState, expiresAt }: SubscriptionStanding) => ({
  subscriptionId: id,
  subscriptionExpirationDateTime: expiresAt.toISOString(),
  clientState,
  tenantId,
});

/** Says that changes were left out: the client asks for all that there is. */
async function missed(trx: Handle, tenantId: string, subscription: SubscriptionStanding): Promise<void> {
  const { id, lifecycleUrl } = subscription;
  if (lifecycleUrl === null) return;
  const items = [{ ...headOf(tenantId, subscription), lifecycleEvent: 'missed' }];
  await insertChangeNotifications(trx, tenantId, [{ subscriptionId: id, url: lifecycleUrl, items }]);
}
