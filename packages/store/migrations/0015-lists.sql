-- Older servers survive this, with slower orders by name: it adds columns that PostgreSQL fills by itself, and indexes.

-- What lists are asked for most is kept in small letters, as names are since 0014-row-level-security.sql: no index of lower() is asked under a policy. Texts that
-- are not there are '' here, which no text is that is there, so that the same index finds who lacks one, and gives the order in both directions. They compare by
-- bytes: the same on every machine, one kind of index for what is equal, begins so or is greater, and (text, user_no) compares as one value.
drop index allot.directory_user_upn, allot.directory_user_display_name, allot.directory_user_mail, allot.directory_group_display_name;
alter table allot.directory_user drop column mail_folded;
alter table allot.directory_user
  alter column user_principal_name_folded type text collate "C",
  alter column display_name_folded        type text collate "C",
  add column mail_folded            text collate "C" not null generated always as (coalesce(lower(mail), '')) stored,
  add column user_type_folded       text collate "C" not null generated always as (lower(user_type)) stored,
  add column mail_nickname_folded   text collate "C" not null generated always as (lower(mail_nickname)) stored,
  add column given_name_folded      text collate "C" not null generated always as (coalesce(lower(given_name), '')) stored,
  add column surname_folded         text collate "C" not null generated always as (coalesce(lower(surname), '')) stored,
  add column job_title_folded       text collate "C" not null generated always as (coalesce(lower(job_title), '')) stored,
  add column department_folded      text collate "C" not null generated always as (coalesce(lower(department), '')) stored,
  add column employee_id_folded     text collate "C" not null generated always as (coalesce(lower(employee_id), '')) stored,
  add column city_folded            text collate "C" not null generated always as (coalesce(lower(city), '')) stored,
  add column state_folded           text collate "C" not null generated always as (coalesce(lower(state), '')) stored,
  add column country_folded         text collate "C" not null generated always as (coalesce(lower(country), '')) stored,
  add column usage_location_folded  text collate "C" not null generated always as (coalesce(lower(usage_location), '')) stored;
alter table allot.directory_group alter column display_name_folded type text collate "C";
alter table allot.user_address alter column address type text collate "C";

create unique index directory_user_upn on allot.directory_user (tenant_id, user_principal_name_folded) where deleted_at is null;
create index directory_group_display_name on allot.directory_group (tenant_id, display_name_folded, id) where deleted_at is null;

-- The number is in each of them so that who has the same value comes in the order of lists: PostgreSQL stops after a page, and takes nobody's word for
-- how the values are spread over the numbers.
create index directory_user_display_name on allot.directory_user (tenant_id, display_name_folded, user_no) where deleted_at is null;
create index directory_user_mail on allot.directory_user (tenant_id, mail_folded, user_no) where deleted_at is null;
create index directory_user_mail_nickname on allot.directory_user (tenant_id, mail_nickname_folded, user_no) where deleted_at is null;
create index directory_user_given_name on allot.directory_user (tenant_id, given_name_folded, user_no) where deleted_at is null;
create index directory_user_surname on allot.directory_user (tenant_id, surname_folded, user_no) where deleted_at is null;
create index directory_user_job_title on allot.directory_user (tenant_id, job_title_folded, user_no) where deleted_at is null;
create index directory_user_department on allot.directory_user (tenant_id, department_folded, user_no) where deleted_at is null;
create index directory_user_employee_id on allot.directory_user (tenant_id, employee_id_folded, user_no) where deleted_at is null;
create index directory_user_city on allot.directory_user (tenant_id, city_folded, user_no) where deleted_at is null;
create index directory_user_state on allot.directory_user (tenant_id, state_folded, user_no) where deleted_at is null;
create index directory_user_country on allot.directory_user (tenant_id, country_folded, user_no) where deleted_at is null;
create index directory_user_usage_location on allot.directory_user (tenant_id, usage_location_folded, user_no) where deleted_at is null;

-- Of what nearly everybody has, the others.
create index directory_user_type on allot.directory_user (tenant_id, user_type_folded, user_no) where user_type_folded <> 'member' and deleted_at is null;
create index directory_user_disabled on allot.directory_user (tenant_id, user_no) where not account_enabled and deleted_at is null;
create index directory_user_synchronized on allot.directory_user (tenant_id, on_premises_sync_enabled, user_no)
  where on_premises_sync_enabled is not null and deleted_at is null;
create index directory_user_not_synchronized on allot.directory_user (tenant_id, user_no) where on_premises_sync_enabled is not true and deleted_at is null;

-- The first number of a time. Users come in this order, so it grows at its end.
create index directory_user_created on allot.directory_user (tenant_id, created_at, user_no);
