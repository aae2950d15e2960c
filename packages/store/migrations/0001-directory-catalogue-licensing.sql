-- First schema. There is no older server that could survive it or not.
--
-- Conventions: every table starts its primary key with tenant_id and every statement names it, so that the
-- whole store can be distributed by tenant. user_no is a user's number in its tenant, given in the order
-- (createdDateTime, id), which is the order in which seats are given (L-14): one integer serves as key of the
-- big tables and as place in the line. The big tables (membership, user_cohort) carry no foreign keys: a
-- million constraint triggers cost more than the insert itself; `allot check` recounts instead.

create schema allot;

create table allot.tenant (
  tenant_id              uuid primary key,
  display_name           text not null,
  initial_domain         text not null,
  created_at             timestamptz not null default now(),
  -- null: its first start is not finished and goes on at the next
  prepared_at            timestamptz,
  -- settings (own API: /settings)
  default_usage_location text check (default_usage_location ~ '^[A-Z]{2}$'),
  auto_resolve           boolean not null default true,
  grace_period           text not null default 'P30D',
  keep_until_replaced    boolean not null default false,
  on_group_delete        text not null default 'convert' check (on_group_delete in ('convert', 'error')),
  rule_set               text not null default 'classic',
  warning_period         text not null default 'P30D',
  suspended_period       text not null default 'P90D',
  -- revision: one more for every applied plan. world_revision: one more whenever settled bundles or settings change;
  -- catalogue_revision: whenever the catalogue does, so that a server knows whether what it prepared is still true.
  revision               bigint not null default 0,
  world_revision         bigint not null default 0,
  catalogue_revision     bigint not null default 0
);

-- Numbers users. A row of its own, so that creating users never waits for the plan that holds the tenant's row.
create table allot.user_counter (
  tenant_id            uuid primary key,
  user_no_last         bigint not null default 0,
  user_created_at_last timestamptz not null default '-infinity'
);
create function allot.add_user_counter() returns trigger language plpgsql as $$
begin
  insert into allot.user_counter (tenant_id) values (new.tenant_id);
  return null;
end
$$;
create trigger add_user_counter after insert on allot.tenant for each row execute function allot.add_user_counter();

-- Directory ------------------------------------------------------------------------------------------------

create table allot.directory_user (
  tenant_id           uuid not null,
  user_no             bigint not null,
  id                  uuid not null,
  created_at          timestamptz not null,
  deleted_at          timestamptz,
  user_principal_name text not null,
  display_name        text not null,
  account_enabled     boolean not null default true,
  mail_nickname       text not null,
  mail                text,
  usage_location      text check (usage_location ~ '^[A-Z]{2}$'),
  proxy_addresses     text[] not null default '{}',
  given_name          text,
  surname             text,
  job_title           text,
  department          text,
  company_name        text,
  office_location     text,
  employee_id         text,
  employee_type       text,
  employee_hire_date  timestamptz,
  user_type           text not null default 'Member',
  business_phones     text[] not null default '{}',
  mobile_phone        text,
  fax_number          text,
  other_mails         text[] not null default '{}',
  street_address      text,
  city                text,
  state               text,
  postal_code         text,
  country             text,
  preferred_language  text,
  password_policies   text,
  extension_attributes text[] not null default array_fill(null::text, array[15]),
  primary key (tenant_id, user_no)
);
create unique index directory_user_id on allot.directory_user (tenant_id, id);
create unique index directory_user_upn on allot.directory_user (tenant_id, lower(user_principal_name)) where deleted_at is null;
create index directory_user_display_name on allot.directory_user (tenant_id, lower(display_name) text_pattern_ops, id) where deleted_at is null;
create index directory_user_mail on allot.directory_user (tenant_id, lower(mail) text_pattern_ops) where deleted_at is null and mail is not null;

-- Who has which address, compared without case and without smtp: (L-11). Two users may share one.
create table allot.user_address (
  tenant_id uuid not null,
  address   text not null,
  user_no   bigint not null,
  primary key (tenant_id, address, user_no)
);
create index user_address_user on allot.user_address (tenant_id, user_no);

create table allot.directory_group (
  tenant_id        uuid not null,
  id               uuid not null,
  created_at       timestamptz not null default clock_timestamp(),
  deleted_at       timestamptz,
  display_name     text not null,
  description      text,
  mail             text,
  mail_enabled     boolean not null default false,
  mail_nickname    text not null,
  security_enabled boolean not null default true,
  group_types      text[] not null default '{}',
  visibility       text,
  membership_rule  text,
  membership_rule_processing_state text,
  primary key (tenant_id, id)
);
create index directory_group_display_name on allot.directory_group (tenant_id, lower(display_name) text_pattern_ops, id) where deleted_at is null;

-- User members of a group. Members that are not users live in group_member (nested groups).
create table allot.membership (
  tenant_id uuid not null,
  group_id  uuid not null,
  user_no   bigint not null,
  primary key (tenant_id, group_id, user_no)
);
create index membership_user on allot.membership (tenant_id, user_no, group_id);

-- Groups as members of groups: kept, listed, and ignored by licensing unless the group asks for them (L-22, L-23).
create table allot.group_member (
  tenant_id uuid not null,
  group_id  uuid not null,
  member_id uuid not null,
  primary key (tenant_id, group_id, member_id)
);

-- Catalogue ------------------------------------------------------------------------------------------------

create table allot.plan (
  tenant_id    uuid not null,
  plan_id      uuid not null,
  name         text not null,
  display_name text not null,
  service      text not null default '',
  applies_to   text not null default 'User',
  mailbox      boolean not null default false,
  -- Countries: at most one of the two lists; null is no restriction.
  deny         text[],
  allow        text[],
  primary key (tenant_id, plan_id),
  check (deny is null or allow is null)
);

create table allot.product (
  tenant_id       uuid not null,
  product_id      uuid not null,
  sku_part_number text not null,
  display_name    text not null,
  applies_to      text not null default 'User' check (applies_to in ('User', 'Company')),
  -- consumedUnits (L-01); written only by applying a plan. Invariant "counts agree".
  consumed        integer not null default 0 check (consumed >= 0),
  primary key (tenant_id, product_id)
);

create table allot.product_plan (
  tenant_id  uuid not null,
  product_id uuid not null,
  plan_id    uuid not null,
  primary key (tenant_id, product_id, plan_id)
);

create table allot.exclusion_set (
  tenant_id uuid not null,
  rule_set  text not null,
  name      text not null,
  plans     uuid[] not null,
  primary key (tenant_id, rule_set, name)
);

create table allot.requirement (
  tenant_id uuid not null,
  rule_set  text not null,
  plan_id   uuid not null,
  ordinal   integer not null,
  any_of    uuid[] not null,
  primary key (tenant_id, rule_set, plan_id, ordinal)
);

create table allot.subscription (
  tenant_id  uuid not null,
  id         uuid not null,
  product_id uuid not null,
  units      integer not null check (units >= 0),
  status     text not null default 'Enabled' check (status in ('Enabled', 'Warning', 'Suspended', 'Deleted', 'LockedOut')),
  start_at   timestamptz not null default now(),
  end_at     timestamptz,
  created_at timestamptz not null default now(),
  primary key (tenant_id, id)
);
create index subscription_product on allot.subscription (tenant_id, product_id);

-- Licensing ------------------------------------------------------------------------------------------------

-- How a group licenses (own API: /groups/{id}/licensing) and how far processing is (L-18). A row exists from the
-- first time the group was licensed or configured.
create table allot.group_licensing (
  tenant_id           uuid not null,
  group_id            uuid not null,
  priority            integer not null default 100,
  atomicity           text not null default 'bundle' check (atomicity in ('bundle', 'product')),
  license_inheritance text not null default 'direct' check (license_inheritance in ('direct', 'transitive')),
  new_plans           text not null default 'on' check (new_plans in ('on', 'off')),
  prerequisites       text not null default 'group' check (prerequisites in ('group', 'user')),
  first_licensed_at   timestamptz,
  state               text not null default 'ProcessingComplete'
                      check (state in ('QueuedForProcessing', 'ProcessingInProgress', 'ProcessingComplete')),
  done                integer not null default 0,
  total               integer not null default 0,
  failed              integer not null default 0,
  started_at          timestamptz,
  finished_at         timestamptz,
  primary key (tenant_id, group_id)
);

-- What administrators asked for: the bundle of each group.
create table allot.group_license (
  tenant_id      uuid not null,
  group_id       uuid not null,
  product_id     uuid not null,
  disabled_plans uuid[] not null default '{}',
  primary key (tenant_id, group_id, product_id)
);
create index group_license_product on allot.group_license (tenant_id, product_id);

-- The bundle that the cohorts are settled for: what group_license was when it was last applied.
create table allot.settled_license (
  tenant_id      uuid not null,
  group_id       uuid not null,
  product_id     uuid not null,
  disabled_plans uuid[] not null default '{}',
  primary key (tenant_id, group_id, product_id)
);

-- A cohort: the users with the same licensing facts and the same exceptions. What its members have is not
-- stored: it is settle(facts, exceptions, catalogue, bundles). key: hash of facts and exceptions; two cohorts
-- may carry the same key until the background merges them.
create sequence allot.cohort_id;
create table allot.cohort (
  tenant_id      uuid not null,
  cohort_id      bigint not null default nextval('allot.cohort_id'),
  key            uuid not null,
  place          text not null,
  shares_address boolean not null,
  groups         uuid[] not null,
  -- [{ "productId", "disabledPlans": [] }], sorted by productId
  direct         jsonb not null default '[]',
  members        integer not null check (members >= 0),
  primary key (tenant_id, cohort_id)
);
create index cohort_key on allot.cohort (tenant_id, key);

-- What the facts of a cohort cannot tell. source_id: the group, or the zero uuid for direct assignments.
--   missing: wanted and not in force (plans null: nothing of it; otherwise those plans)
--   kept:    in force and no longer wanted (plans: which)
--   flawed:  in force and wanted, and would not be granted today (L-05); follows from facts, not part of the key
create table allot.cohort_exception (
  tenant_id  uuid not null,
  cohort_id  bigint not null,
  source_id  uuid not null,
  product_id uuid not null,
  kind       text not null check (kind in ('missing', 'kept', 'flawed')),
  error      text not null,
  plans      uuid[],
  primary key (tenant_id, cohort_id, source_id, product_id, kind)
);
create index cohort_exception_source on allot.cohort_exception (tenant_id, source_id, error);
create index cohort_exception_product on allot.cohort_exception (tenant_id, product_id, kind);

-- The pointers. No index on cohort_id and room on every page, so that moving a pointer is a HOT update:
-- 1.6 s instead of 5.1 s for a million; listing a cohort by scan takes 74 ms at a million users.
create table allot.user_cohort (
  tenant_id uuid not null,
  user_no   bigint not null,
  cohort_id bigint not null,
  primary key (tenant_id, user_no)
) with (fillfactor = 45);

-- Who waits for a seat of which product, and since when without a break (L-14). One since for all products a
-- user waits for. Invariant "counts agree": equals the users in CountViolation.
create table allot.waiting (
  tenant_id  uuid not null,
  product_id uuid not null,
  user_no    bigint not null,
  since      timestamptz not null,
  primary key (tenant_id, product_id, user_no)
);
create index waiting_user on allot.waiting (tenant_id, user_no);

-- Accepted and not yet settled. Written in the transaction of the change, deleted in the one that settles it.
create table allot.pending_user (
  tenant_id uuid not null,
  seq       bigint generated always as identity,
  user_no   bigint not null,
  -- true: recorded while autoResolve is off; waits for a membership or bundle change or Reprocess (L-16)
  deferred  boolean not null default false,
  primary key (tenant_id, seq)
);
create index pending_user_user on allot.pending_user (tenant_id, user_no);

create table allot.pending_group (
  tenant_id      uuid not null,
  seq            bigint generated always as identity,
  group_id       uuid not null,
  -- bundle: group_license changed. members: many memberships changed at once. reprocess: settle again (L-17).
  reason         text not null check (reason in ('bundle', 'members', 'reprocess')),
  correlation_id uuid not null,
  primary key (tenant_id, seq)
);

-- Record ---------------------------------------------------------------------------------------------------

-- One row for every applied plan; the histories below hold what was true until that change.
create table allot.change (
  tenant_id      uuid not null,
  change_id      bigint not null,
  at             timestamptz not null,
  correlation_id uuid not null,
  activity       text not null,
  primary key (tenant_id, change_id)
);

create table allot.user_cohort_history (
  tenant_id uuid not null,
  user_no   bigint not null,
  change_id bigint not null,
  -- the cohort the user pointed at until this change; null: none
  cohort_id bigint,
  primary key (tenant_id, user_no, change_id)
);

create table allot.cohort_history (
  tenant_id uuid not null,
  cohort_id bigint not null,
  change_id bigint not null,
  -- facts and exceptions until this change
  state     jsonb not null,
  primary key (tenant_id, cohort_id, change_id)
);

create table allot.bundle_history (
  tenant_id uuid not null,
  group_id  uuid not null,
  change_id bigint not null,
  -- settled bundle until this change: [{ "productId", "disabledPlans" }]
  bundle    jsonb not null,
  primary key (tenant_id, group_id, change_id)
);

create table allot.audit (
  tenant_id        uuid not null,
  id               uuid not null default gen_random_uuid(),
  activity_at      timestamptz not null default clock_timestamp(),
  activity         text not null,
  category         text not null,
  result           text not null default 'success',
  result_reason    text,
  correlation_id   uuid not null,
  -- { "user": {id, displayName, userPrincipalName} } or { "app": {appId, displayName} }
  initiated_by     jsonb not null,
  -- [{ id, displayName, type, modifiedProperties: [{ displayName, oldValue, newValue }] }]
  targets          jsonb not null default '[]',
  details          jsonb not null default '[]',
  primary key (tenant_id, id)
);
create index audit_time on allot.audit (tenant_id, activity_at);

-- Who may call -----------------------------------------------------------------------------------------------

create table allot.application (
  tenant_id    uuid not null,
  client_id    uuid not null,
  display_name text not null,
  secret_hash  text not null,
  permissions  text[] not null,
  created_at   timestamptz not null default now(),
  primary key (tenant_id, client_id)
);
