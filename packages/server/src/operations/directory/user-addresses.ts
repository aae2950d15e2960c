import { type AddressInUse, notFound } from '@allot/contract';
import { comparedAddress, loadSharedAddresses, lockUsers, selectUser } from '@allot/store';
import type { Context } from '../context.ts';
import { inTransaction } from './in-transaction.ts';
import { primaryAddressOf } from './primary-address.ts';
import { invalidValue } from './property-errors.ts';
import { textsOf } from './row-values.ts';
import { writeUser } from './update-user.ts';
import { texts } from './value-readers.ts';

/** Addresses of one user at most; Exchange keeps 300. */
const addressesMax = 500;
/** Graph's limit for one address with its type. */
const addressLengthMax = 1_123;

export interface UserAddresses {
  /** `["SMTP:primary", "smtp:alias"]` */
  readonly proxyAddresses: readonly string[];
  /** Those that another user has too, some at most. */
  readonly sharedAddresses: readonly AddressInUse[];
}

/** @param ref id or user principal name @throws ApiError 404 */
export async function readUserAddresses(ctx: Context, ref: string): Promise<UserAddresses> {
  const user = await selectUser(ctx.db, ctx.tenantId, ref, ['proxyAddresses']);
  if (user === undefined) throw notFound(ref);
  const shared = await loadSharedAddresses(ctx.db, ctx.tenantId, [user.userNo]);
  return {
    proxyAddresses: textsOf(user, 'proxyAddresses'),
    sharedAddresses: (shared.get(user.userNo) ?? []).map(({ address, otherId, otherUserPrincipalName }) => ({
      address,
      userId: otherId,
      userPrincipalName: otherUserPrincipalName,
    })),
  };
}

/**
 * Makes these the addresses of a user. Another user may have the same: that is recorded, not refused (L-11). The
 * primary one becomes `mail`.
 * @param proxyAddresses as sent; its shape is checked here
 * @throws ApiError 400 or 404
 */
export async function setUserAddresses(ctx: Context, ref: string, proxyAddresses: unknown): Promise<void> {
  const addresses = readAddresses(proxyAddresses);
  await inTransaction(ctx, async (trx) => {
    await lockUsers(trx, ctx.tenantId);
    const user = await selectUser(trx, ctx.tenantId, ref, ['displayName', 'mail', 'proxyAddresses'], { lock: true });
    if (user === undefined) throw notFound(ref);
    const primary = primaryAddressOf(addresses);
    await writeUser(ctx, trx, user, { proxyAddresses: addresses, ...(primary === undefined ? {} : { mail: primary }) });
  });
}

function readAddresses(sent: unknown): readonly string[] {
  const property = 'proxyAddresses';
  const addresses = textsOf({ [property]: texts(addressesMax, addressLengthMax)(sent, property) }, property).map(
    (address) => (address.includes(':') ? address : `smtp:${address}`),
  );
  const bad = addresses.find((address) => /^smtp:/i.test(address) && !/^smtp:[^\s@:]+@[^\s@:]+$/i.test(address));
  if (bad !== undefined) throw invalidValue(property, `'${bad.slice(0, 80)}' is no address like smtp:ann@contoso.com.`);
  if (addresses.filter((address) => address.startsWith('SMTP:')).length > 1) {
    throw invalidValue(property, "Write 'SMTP:' in capital letters for the primary address only.");
  }
  if (new Set(addresses.map(comparedAddress)).size < addresses.length) {
    throw invalidValue(property, 'Send each address once.');
  }
  return addresses;
}
