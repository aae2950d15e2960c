import { ApiError } from '@allot/contract';
import {
  type CreatedUser,
  type Handle,
  insertAudit,
  insertUsers,
  isUserIdTaken,
  isUserPrincipalNameTaken,
  type NewUser,
  notePendingRules,
  notePendingUsers,
} from '@allot/store';
import type { Context } from '../context.ts';
import { userEntry } from './audit-entries.ts';
import { directoryExtensions } from './directory-extensions.ts';
import { inTransaction } from './in-transaction.ts';
import { primaryAddressOf, withPrimaryAddress } from './primary-address.ts';
import { duplicateUserPrincipalName } from './property-errors.ts';
import { readValues } from './read-values.ts';
import { extensionAttributes } from './extension-attributes.ts';
import { writableUser } from './writable-user.ts';

export type { CreatedUser, NewUser } from '@allot/store';

/** Creates the user that a body of Graph describes. @throws ApiError 400 */
export async function createUser(ctx: Context, body: unknown): Promise<CreatedUser> {
  const {
    onPremisesExtensionAttributes: extensions,
    extensions: open,
    ...values
  } = readValues(body, writableUser, true);
  const mail = typeof values['mail'] === 'string' ? values['mail'] : null;
  const user: NewUser = {
    values: {
      ...values,
      ...(open === undefined ? {} : { extensions: directoryExtensions({}, open) }),
      ...(extensions === undefined ? {} : { onPremisesExtensionAttributes: extensionAttributes([], extensions) }),
    },
    proxyAddresses: mail === null ? [] : withPrimaryAddress([], mail),
  };
  const [created] = await createUsers(ctx, [user]);
  if (created === undefined) throw new Error('A user was created and not returned.');
  return created;
}

/** Users of one call at most; more make the transaction long, and those who create users meanwhile wait. */
const usersPerCallMax = 5_000;

/**
 * Creates users whose values were checked already: all of them, or none. Who has a primary address has mail.
 * @returns them in the order given
 */
export function createUsers(ctx: Context, users: readonly NewUser[]): Promise<readonly CreatedUser[]> {
  return inTransaction(ctx, (trx) => createUsersIn(trx, ctx, users.map(withMail)));
}

const withMail = (user: NewUser): NewUser => ({
  ...user,
  values: { ...user.values, mail: user.values['mail'] ?? primaryAddressOf(user.proxyAddresses) ?? null },
});

async function createUsersIn(trx: Handle, ctx: Context, users: readonly NewUser[]): Promise<readonly CreatedUser[]> {
  if (users.length > usersPerCallMax)
    throw new RangeError(`At most ${usersPerCallMax} users can be created at a time.`);
  const { users: created, sharing } = await insertUsers(trx, ctx.tenantId, users).catch((error: unknown) => {
    if (isUserPrincipalNameTaken(error)) throw duplicateUserPrincipalName();
    if (isUserIdTaken(error)) throw duplicateId();
    throw error;
  });
  const entries = created.map(({ id }, at) => {
    const displayName = users[at]?.values['displayName'];
    return userEntry(ctx, 'Add user', { id, displayName: typeof displayName === 'string' ? displayName : id });
  });
  await insertAudit(trx, ctx.tenantId, entries);
  const userNos = created.map(({ userNo }) => userNo);
  await notePendingRules(trx, ctx.tenantId, { userNos }, 'all', ctx.correlationId);
  await notePendingUsers(trx, ctx.tenantId, userNos, 'membership', ctx.correlationId);
  await notePendingUsers(trx, ctx.tenantId, sharing, 'attribute', ctx.correlationId);
  return created;
}

const duplicateId = (): ApiError =>
  new ApiError(400, 'Request_BadRequest', 'Another object with the same value for property id already exists.', {
    advice: 'Leave the id out, so that the user gets a new one.',
  });
