import { sql } from 'kysely';
import type { Handle } from '../handle.ts';

/**
 * Serializes whoever creates users or changes addresses in a tenant, until the transaction ends: users are numbered one
 * after the other, and two who get the same address at the same time must see each other (L-11). It is another row
 * than the one that plans hold, so neither waits for the other.
 */
export async function lockUsers(trx: Handle, tenantId: string): Promise<void> {
  await sql`select from allot.user_counter where tenant_id = ${tenantId} for no key update`.execute(trx);
}

/** An address as it is compared (L-11): lower case, without `smtp:`. Addresses of other types keep their type. */
export const comparedAddress = (address: string): string => address.replace(/^smtp:/i, '').toLowerCase();

/**
 * Makes the addresses of one user those given, and returns the other users who share an address that came or went, so
 * that they can be settled again (L-11, L-16). The caller holds the lock of `lockUsers`.
 */
export async function replaceAddresses(
  trx: Handle,
  tenantId: string,
  userNo: number,
  proxyAddresses: readonly string[],
): Promise<readonly number[]> {
  const wanted = [...new Set(proxyAddresses.map(comparedAddress))];
  const { rows } = await sql<{ userNo: number }>`
    with gone as (
      delete from allot.user_address
      where tenant_id = ${tenantId} and user_no = ${userNo} and address <> all(${wanted}::text[])
      returning address
    ), come as (
      insert into allot.user_address (tenant_id, address, user_no)
      select ${tenantId}, address, ${userNo}::bigint from unnest(${wanted}::text[]) as wanted (address)
      on conflict do nothing
      returning address
    )
    select distinct other.user_no as "userNo"
    from allot.user_address other
    where other.tenant_id = ${tenantId} and other.user_no <> ${userNo}
      and other.address in (select address from gone union all select address from come)
  `.execute(trx);
  return rows.map((row) => row.userNo);
}

/** Notes the addresses of users that are new, and returns the users who were there before and share one of them. */
export async function insertAddresses(
  trx: Handle,
  tenantId: string,
  users: readonly { readonly userNo: number; readonly proxyAddresses: readonly string[] }[],
): Promise<readonly number[]> {
  const pairs = users.flatMap(({ userNo, proxyAddresses }) =>
    [...new Set(proxyAddresses.map(comparedAddress))].map((address) => ({ userNo, address })),
  );
  if (pairs.length === 0) return [];
  const userNos = pairs.map(({ userNo }) => userNo);
  const { rows } = await sql<{ userNo: number }>`
    with come as (
      insert into allot.user_address (tenant_id, address, user_no)
      select ${tenantId}, address, user_no
      from unnest(${pairs.map(({ address }) => address)}::text[], ${userNos}::bigint[]) as pair (address, user_no)
      returning address
    )
    select distinct other.user_no as "userNo"
    from allot.user_address other
    where other.tenant_id = ${tenantId} and other.address in (select address from come)
  `.execute(trx);
  return rows.map((row) => row.userNo);
}

/** The other users who have an address of this user. */
export async function selectUsersSharing(db: Handle, tenantId: string, userNo: number): Promise<readonly number[]> {
  const { rows } = await sql<{ userNo: number }>`
    select distinct other.user_no as "userNo"
    from allot.user_address own
    join allot.user_address other
      on other.tenant_id = own.tenant_id and other.address = own.address and other.user_no <> own.user_no
    where own.tenant_id = ${tenantId} and own.user_no = ${userNo}
  `.execute(db);
  return rows.map((row) => row.userNo);
}
