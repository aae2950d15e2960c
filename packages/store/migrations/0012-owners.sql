-- Older servers survive it: they show no owners, and leave those of users and groups that they delete for good.

-- Users who own a group. Nothing follows from it for licenses.
create table allot.group_owner (
  tenant_id uuid not null,
  group_id  uuid not null,
  user_no   bigint not null,
  primary key (tenant_id, group_id, user_no)
);
create index group_owner_user on allot.group_owner (tenant_id, user_no, group_id);

-- The name that whoever manages groups as code gives them: groups(uniqueName='…'). A deleted group leaves it to others.
alter table allot.directory_group add column unique_name text;
create unique index directory_group_unique_name on allot.directory_group (tenant_id, lower(unique_name)) where deleted_at is null;
