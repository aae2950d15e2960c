import { sql } from 'kysely';
import type { Handle } from '../handle.ts';

/** Users who are given mail attributes in one transaction, at most. Those who change addresses meanwhile wait for it. */
const MAIL_USERS_MAX = 10_000;
/** Users whom the audit names of each change; of the others it tells the number. */
const MAIL_USERS_NAMED_MAX = 20;

export interface MailedUser {
  readonly id: string;
  readonly displayName: string;
  readonly mail: string;
  readonly proxyAddressesBefore: readonly string[];
  readonly proxyAddresses: readonly string[];
}

export interface GivenMail {
  /** By the change that gave the mailboxes: how many users, and the first MAIL_USERS_NAMED_MAX of them. */
  readonly changes: readonly {
    readonly correlationId: string;
    readonly users: number;
    readonly named: readonly MailedUser[];
  }[];
  /** Users who share an address since, on either side (L-11). */
  readonly sharing: readonly number[];
  /** Whether others may still wait for theirs. */
  readonly more: boolean;
}

/** Whether somebody waits for mail attributes, by whatever change or by this one. */
export async function mailIsPending(db: Handle, tenantId: string, correlationId?: string): Promise<boolean> {
  const { rows } = await sql`
    select from allot.pending_mail where tenant_id = ${tenantId} and ${ofChange(correlationId)} limit 1
  `.execute(db);
  return rows.length > 0;
}

const ofChange = (correlationId: string | undefined) =>
  correlationId === undefined ? sql<boolean>`true` : sql<boolean>`correlation_id = ${correlationId}`;

/**
 * L-30: whoever is noted and lacks mail gets the user principal name as primary address and `<mailNickname>@<initial domain>` as an
 * alias; the addresses that there are stay, a primary one as an alias. The caller holds the lock of `lockUsers`.
 */
export async function giveMail(trx: Handle, tenantId: string, correlationId?: string): Promise<GivenMail> {
  const { rows } = await sql<Omit<GivenMail, 'more'> & { readonly taken: number }>`
    with taken as materialized (
      delete from allot.pending_mail p where p.tenant_id = ${tenantId} and p.seq in (
        select seq from allot.pending_mail where tenant_id = ${tenantId} and ${ofChange(correlationId)}
        order by seq limit ${MAIL_USERS_MAX})
      returning p.seq, p.user_no, p.correlation_id
    ), lacking as materialized (
      select distinct on (u.user_no) u.user_no, u.id, u.display_name, u.proxy_addresses, k.correlation_id,
             u.user_principal_name as mail, u.mail_nickname || '@' || t.initial_domain as alias
      from taken k
      join allot.directory_user u on u.tenant_id = ${tenantId} and u.user_no = k.user_no
      join allot.tenant t on t.tenant_id = u.tenant_id
      where u.mail is null and u.deleted_at is null
      order by u.user_no, k.seq
    ), addressed as materialized (
      select l.*,
             array['SMTP:' || mail]
             || case when lower(alias) = lower(mail) then '{}' else array['smtp:' || alias] end
             || array(
               select regexp_replace(p.address, '^SMTP:', 'smtp:')
               from unnest(l.proxy_addresses) with ordinality as p (address, place)
               where regexp_replace(lower(p.address), '^smtp:', '') not in (lower(mail), lower(alias)) order by p.place
             ) as addresses
      from lacking l
    ), written as (
      update allot.directory_user u set mail = a.mail, proxy_addresses = a.addresses from addressed a
      where u.tenant_id = ${tenantId} and u.user_no = a.user_no
    ), come as (
      insert into allot.user_address (tenant_id, address, user_no)
      select distinct ${tenantId}::uuid, lower(n.address), a.user_no
      from addressed a cross join lateral (values (a.mail), (a.alias)) as n (address)
      on conflict do nothing
      returning address, user_no
    ), sharing as (
      select c.user_no from come c where c.address in (select address from come group by address having count(*) > 1)
      union
      select unnest(array[c.user_no, o.user_no]) from come c
      join allot.user_address o on o.tenant_id = ${tenantId} and o.address = c.address and o.user_no <> c.user_no
    ), rules as (
      insert into allot.pending_rule (tenant_id, user_no, reads, correlation_id)
      select ${tenantId}, user_no, array['mail', 'proxyaddresses'], correlation_id from addressed
    ), changes as (
      select correlation_id, count(*) as users,
             coalesce(jsonb_agg(jsonb_build_object('id', id, 'displayName', display_name, 'mail', mail,
                                                   'proxyAddressesBefore', proxy_addresses, 'proxyAddresses', addresses)
                                order by place) filter (where place <= ${MAIL_USERS_NAMED_MAX}), '[]') as named
      from (select *, row_number() over (partition by correlation_id order by user_no) as place from addressed) as a
      group by correlation_id
    )
    select (select count(*) from taken) as taken,
           (select coalesce(jsonb_agg(jsonb_build_object('correlationId', correlation_id, 'users', users, 'named', named)), '[]')
            from changes) as changes,
           (select coalesce(array_agg(user_no order by user_no), '{}') from sharing) as sharing
  `.execute(trx);
  const [given] = rows;
  if (given === undefined) throw new Error('a sum has one row');
  return { changes: given.changes, sharing: given.sharing, more: given.taken === MAIL_USERS_MAX };
}
