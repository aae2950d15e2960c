-- Older servers survive this: it adds tables and indexes. A user that an older server deletes meanwhile comes back without its direct
-- assignments, and one with a waiting deletion is only deleted by a newer server.

-- Licenses of a deleted user, which is in no cohort any more, from when they went until restoration or hard deletion.
create table allot.deleted_user_license (
  tenant_id uuid not null,
  user_no   bigint not null,
  -- what was asked for, as in cohort.direct: [{ "productId", "disabledPlans": [] }], sorted by productId
  direct    jsonb not null,
  -- what was in force: [{ "source", "productId", "disabledPlans": [] }]; source: "direct" or the group
  held      jsonb not null,
  primary key (tenant_id, user_no)
);

-- Groups whose deletion was accepted and that stay until nobody has a license of them any more (L-25).
create table allot.group_deletion (
  tenant_id      uuid not null,
  group_id       uuid not null,
  requested_at   timestamptz not null default clock_timestamp(),
  correlation_id uuid not null,
  -- who asked, for the audit log: { "kind", "id", "displayName" }
  actor          jsonb not null,
  primary key (tenant_id, group_id)
);

-- Deleted objects are few among many: lists of them, and what is due to be deleted for good.
create index directory_user_deleted on allot.directory_user (tenant_id, deleted_at) where deleted_at is not null;
create index directory_group_deleted on allot.directory_group (tenant_id, deleted_at) where deleted_at is not null;

-- Groups by member, for hard deletion.
create index group_member_member on allot.group_member (tenant_id, member_id);
