-- Older servers survive it: they know nothing of these columns, and what they write leaves them as they are.

alter table allot.directory_user
  add column on_premises_sync_enabled        boolean,
  add column on_premises_distinguished_name  text,
  add column on_premises_security_identifier text,
  add column sip_proxy_address               text,
  -- Values of directory extensions by their names, extension_<application without hyphens>_<name>, of which one by any case is there.
  add column extensions                      jsonb not null default '{}',
  -- user_no of the manager
  add column manager_no                      bigint;
create index directory_user_manager on allot.directory_user (tenant_id, manager_no, user_no) where manager_no is not null;
