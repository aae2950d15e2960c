import { notFound } from '@allot/contract';
import {
  type Handle,
  insertAudit,
  isUserPrincipalNameTaken,
  lockUsers,
  notePendingRules,
  notePendingUsers,
  replaceAddresses,
  selectUser,
  updateUserRow,
  type UserRow,
} from '@allot/store';
import type { Context } from '../context.ts';
import { modifiedProperties, userEntry } from './audit-entries.ts';
import { directoryExtensions } from './directory-extensions.ts';
import { extensionAttributes } from './extension-attributes.ts';
import { inTransaction } from './in-transaction.ts';
import { withPrimaryAddress } from './primary-address.ts';
import { duplicateUserPrincipalName } from './property-errors.ts';
import { readValues } from './read-values.ts';
import { textOf, textsOf } from './row-values.ts';
import { writableUser } from './writable-user.ts';

/**
 * Changes the properties of a user that a body names; the others stay as they are.
 * @param ref id or user principal name
 * @throws ApiError 400 or 404
 */
export async function updateUser(ctx: Context, ref: string, body: unknown): Promise<void> {
  const values = readValues(body, writableUser, false);
  await inTransaction(ctx, async (trx) => {
    if (values['mail'] !== undefined) await lockUsers(trx, ctx.tenantId);
    const names = [...Object.keys(values), 'displayName', 'proxyAddresses'];
    const user = await selectUser(trx, ctx.tenantId, ref, names, { lock: true });
    if (user === undefined) throw notFound(ref);
    await writeUser(ctx, trx, user, completeValues(user, values));
  });
}

/** Writes what differs, with everything that follows from it. `values` may contain proxyAddresses. */
export async function writeUser(
  ctx: Context,
  trx: Handle,
  user: UserRow,
  values: Readonly<Record<string, unknown>>,
): Promise<void> {
  const modified = modifiedProperties(user, values);
  if (modified.length === 0) return;
  const changed = new Set(modified.map(({ displayName }) => displayName));
  const written = Object.fromEntries(Object.entries(values).filter(([name]) => changed.has(name)));
  await updateUserRow(trx, ctx.tenantId, user.userNo, written).catch((error: unknown) => {
    throw isUserPrincipalNameTaken(error) ? duplicateUserPrincipalName() : error;
  });
  const sharing = changed.has('proxyAddresses')
    ? await replaceAddresses(trx, ctx.tenantId, user.userNo, textsOf(values, 'proxyAddresses'))
    : [];
  const named = { id: user.id, displayName: textOf(values, 'displayName') ?? textOf(user, 'displayName') ?? user.id };
  await insertAudit(trx, ctx.tenantId, [
    userEntry(ctx, 'Update user', named, modified),
    ...(changed.has('accountEnabled')
      ? [userEntry(ctx, values['accountEnabled'] === true ? 'Enable account' : 'Disable account', named)]
      : []),
  ]);
  await notePendingRules(
    trx,
    ctx.tenantId,
    { userNos: [user.userNo] },
    { reads: changedAttributes(user, values, changed) },
    ctx.correlationId,
  );
  if (changed.has('usageLocation') || changed.has('proxyAddresses')) {
    await notePendingUsers(trx, ctx.tenantId, [user.userNo, ...sharing], 'attribute', ctx.correlationId);
  }
}

/** Names of what changed, as rules read it: each of the fifteen extension attributes by itself. */
function changedAttributes(before: UserRow, after: Readonly<Record<string, unknown>>, changed: ReadonlySet<string>) {
  const listOf = ({ onPremisesExtensionAttributes: list }: Readonly<Record<string, unknown>>): readonly unknown[] =>
    Array.isArray(list) ? list : [];
  const [old, now] = [listOf(before), listOf(after)];
  const differing = Array.from({ length: Math.max(old.length, now.length) }, (_, at) => at).filter(
    (at) => (old[at] ?? null) !== (now[at] ?? null),
  );
  return [...changed].flatMap((name) => {
    if (name === 'onPremisesExtensionAttributes') return differing.map((at) => `extensionAttribute${at + 1}`);
    return name === 'extensions' ? namesOf(before['extensions'], after['extensions']) : name;
  });
}

const namesOf = (...objects: readonly unknown[]): readonly string[] =>
  objects.flatMap((one) => (typeof one === 'object' && one !== null ? Object.keys(one) : []));

/** Adds what follows from the values sent: addresses from `mail`, all fifteen extension attributes from some. */
function completeValues(user: UserRow, sent: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { onPremisesExtensionAttributes: extensions, extensions: open, ...values } = sent;
  const mail = textOf(values, 'mail');
  return {
    ...values,
    ...(open === undefined ? {} : { extensions: directoryExtensions(user['extensions'], open) }),
    ...(extensions === undefined
      ? {}
      : { onPremisesExtensionAttributes: extensionAttributes(user['onPremisesExtensionAttributes'], extensions) }),
    ...(mail === undefined || mail === user['mail']
      ? {}
      : { proxyAddresses: withPrimaryAddress(textsOf(user, 'proxyAddresses'), mail) }),
  };
}
