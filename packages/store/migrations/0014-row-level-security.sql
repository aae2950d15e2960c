-- Older servers do not survive it: they do not say for which tenant they work, and would see nothing.

-- Under a policy PostgreSQL asks an index only with functions that are known to tell nobody what they were given, and lower() is
-- none of them. So what is looked for without case is kept in small letters in a column of its own, which = and starts_with() may ask.
drop index allot.directory_user_upn, allot.directory_user_display_name, allot.directory_user_mail, allot.directory_group_display_name;
alter table allot.directory_user
  add column user_principal_name_folded text generated always as (lower(user_principal_name)) stored,
  add column display_name_folded        text generated always as (lower(display_name)) stored,
  add column mail_folded                text generated always as (lower(mail)) stored;
alter table allot.directory_group
  add column display_name_folded text generated always as (lower(display_name)) stored;
create unique index directory_user_upn on allot.directory_user (tenant_id, user_principal_name_folded text_pattern_ops) where deleted_at is null;
create index directory_user_display_name on allot.directory_user (tenant_id, display_name_folded text_pattern_ops, id) where deleted_at is null;
create index directory_user_mail on allot.directory_user (tenant_id, mail_folded text_pattern_ops) where deleted_at is null and mail_folded is not null;
create index directory_group_display_name on allot.directory_group (tenant_id, display_name_folded text_pattern_ops, id) where deleted_at is null;

-- The same holds of the words of names.
drop statistics allot.directory_user_display_name_folded, allot.directory_user_upn_folded, allot.directory_user_mail_folded,
  allot.directory_user_name_words, allot.directory_group_display_name_folded, allot.directory_group_name_words;
drop index allot.directory_user_words, allot.directory_group_words, allot.directory_group_description_words;
alter table allot.directory_user
  add column display_name_words tsvector generated always as (allot.words(display_name)) stored;
alter table allot.directory_group
  add column display_name_words tsvector generated always as (allot.words(display_name)) stored,
  add column description_words  tsvector generated always as (allot.words(description)) stored;
create index directory_user_words on allot.directory_user using gin (display_name_words) where deleted_at is null;
create index directory_group_words on allot.directory_group using gin (display_name_words) where deleted_at is null;
create index directory_group_description_words on allot.directory_group using gin (description_words) where deleted_at is null;

-- Invariant "tenants are apart": PostgreSQL shows and accepts only rows of the tenant that the transaction works for
-- (packages/store/src/connection/tenant-scope.ts), so a statement that forgets to name its tenant does no harm.
--
-- Who works for no tenant sees no row. Who works across tenants says 'all'. The tenant is asked for once a statement, not once a
-- row, because it is in a subquery, and whether it is all only for rows of others: planning a subquery takes 20 microseconds. That is a
-- comparison with <> since the planner takes one for true as a rule, and so expects as many rows as without a policy. Forced, because
-- we own the tables, and owners are exempt otherwise.

-- Puts every table with a tenant_id under the policy that is not yet. A migration that adds a table calls it at its end.
create function allot.keep_tenants_apart() returns void language plpgsql as $$
declare
  found record;
begin
  for found in
    select c.oid::regclass as name
    from pg_class c
    join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped
    where c.relnamespace = 'allot'::regnamespace and c.relkind in ('r', 'p')
      and not exists (select from pg_policy p where p.polrelid = c.oid)
    order by c.relname
  loop
    execute format($policy$
      create policy tenants_apart on %s using (
        tenant_id = (select case current_setting('allot.tenant_id', true) when 'all' then null
                            else nullif(current_setting('allot.tenant_id', true), '')::uuid end)
        or (current_setting('allot.tenant_id', true) = 'all')::integer <> 0)
    $policy$, found.name);
    execute format('alter table %s enable row level security', found.name);
    execute format('alter table %s force row level security', found.name);
  end loop;
end
$$;

select allot.keep_tenants_apart();

-- When somebody asked for the tenant and everything in it to be deleted. From then on nobody works for it any more.
alter table allot.tenant add column deleted_at timestamptz;

-- Begins every transaction for a tenant: refuses one that is not there any more, whatever a token or a job says, and lets whoever
-- deletes it wait for the transactions under way. Deleting takes the same lock for itself alone; who meets it does not wait, since a
-- snapshot taken before the wait would not show what happened meanwhile.
create function allot.work_for(tenant uuid) returns void language plpgsql as $$
begin
  if pg_try_advisory_xact_lock_shared(hashtextextended('allot tenant ' || tenant, 0)) then
    perform set_config('allot.tenant_id', tenant::text, true);
    if exists (select from allot.tenant t where t.tenant_id = tenant and t.deleted_at is null) then
      return;
    end if;
  end if;
  raise exception 'there is no tenant %', tenant using errcode = 'ALT01';
end
$$;
