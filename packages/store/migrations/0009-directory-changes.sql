-- Older servers survive this: triggers note what they change, too.

-- What changed in the directory, for delta queries and change notifications (decision 15). Written by triggers, one row a statement and
-- kind, whoever makes the change. A reader that saw everything before a snapshot asks for rows whose transaction had not ended then.
create table allot.directory_change (
  tenant_id  uuid not null,
  seq        bigint generated always as identity,
  xid        xid8 not null default pg_current_xact_id(),
  at         timestamptz not null default now(),
  -- user, group: created, changed, deleted or restored. userGone, groupGone: deleted for good.
  -- joined, left: users of group_id. joinedGroup, leftGroup: groups (ids) of group_id.
  kind       text not null check (kind in ('user', 'userGone', 'group', 'groupGone', 'joined', 'left', 'joinedGroup', 'leftGroup')),
  group_id   uuid,
  user_nos   bigint[],
  -- of groups; of users only those deleted for good, in the order of user_nos
  ids        uuid[],
  primary key (tenant_id, seq)
);
create index directory_change_xid on allot.directory_change (tenant_id, xid);
create index directory_change_at on allot.directory_change (tenant_id, at);
alter table allot.directory_change alter column user_nos set storage external, alter column ids set storage external;

create function allot.note_users() returns trigger language plpgsql as $$
begin
  insert into allot.directory_change (tenant_id, kind, user_nos)
  select tenant_id, 'user', array_agg(user_no) from touched group by tenant_id;
  return null;
end
$$;
create function allot.note_users_gone() returns trigger language plpgsql as $$
begin
  insert into allot.directory_change (tenant_id, kind, user_nos, ids)
  select tenant_id, 'userGone', array_agg(user_no), array_agg(id) from touched group by tenant_id;
  return null;
end
$$;
create trigger note_created after insert on allot.directory_user
  referencing new table as touched for each statement execute function allot.note_users();
create trigger note_changed after update on allot.directory_user
  referencing new table as touched for each statement execute function allot.note_users();
create trigger note_gone after delete on allot.directory_user
  referencing old table as touched for each statement execute function allot.note_users_gone();

-- argument: the kind
create function allot.note_groups() returns trigger language plpgsql as $$
begin
  insert into allot.directory_change (tenant_id, kind, ids)
  select tenant_id, tg_argv[0], array_agg(id) from touched group by tenant_id;
  return null;
end
$$;
create trigger note_created after insert on allot.directory_group
  referencing new table as touched for each statement execute function allot.note_groups('group');
create trigger note_changed after update on allot.directory_group
  referencing new table as touched for each statement execute function allot.note_groups('group');
create trigger note_gone after delete on allot.directory_group
  referencing old table as touched for each statement execute function allot.note_groups('groupGone');

create function allot.note_members() returns trigger language plpgsql as $$
begin
  insert into allot.directory_change (tenant_id, kind, group_id, user_nos)
  select tenant_id, tg_argv[0], group_id, array_agg(user_no) from touched group by tenant_id, group_id;
  return null;
end
$$;
create trigger note_joined after insert on allot.membership
  referencing new table as touched for each statement execute function allot.note_members('joined');
create trigger note_left after delete on allot.membership
  referencing old table as touched for each statement execute function allot.note_members('left');

create function allot.note_group_members() returns trigger language plpgsql as $$
begin
  insert into allot.directory_change (tenant_id, kind, group_id, ids)
  select tenant_id, tg_argv[0], group_id, array_agg(member_id) from touched group by tenant_id, group_id;
  return null;
end
$$;
create trigger note_joined after insert on allot.group_member
  referencing new table as touched for each statement execute function allot.note_group_members('joinedGroup');
create trigger note_left after delete on allot.group_member
  referencing old table as touched for each statement execute function allot.note_group_members('leftGroup');

-- The licenses of a group, and its processing state, are properties of the group.
create function allot.note_licensed_groups() returns trigger language plpgsql as $$
begin
  insert into allot.directory_change (tenant_id, kind, ids)
  select tenant_id, 'group', array_agg(distinct group_id) from touched group by tenant_id;
  return null;
end
$$;
create trigger note_licensed after insert on allot.group_license
  referencing new table as touched for each statement execute function allot.note_licensed_groups();
create trigger note_changed after update on allot.group_license
  referencing new table as touched for each statement execute function allot.note_licensed_groups();
create trigger note_unlicensed after delete on allot.group_license
  referencing old table as touched for each statement execute function allot.note_licensed_groups();

create function allot.note_processing() returns trigger language plpgsql as $$
begin
  insert into allot.directory_change (tenant_id, kind, ids)
  select n.tenant_id, 'group', array_agg(n.group_id)
  from touched n join was o using (tenant_id, group_id)
  where n.state is distinct from o.state
  group by n.tenant_id;
  return null;
end
$$;
create trigger note_processing after update on allot.group_licensing
  referencing old table as was new table as touched for each statement execute function allot.note_processing();
create index directory_change_members on allot.directory_change (tenant_id, group_id, xid) where group_id is not null;

-- What licensing changed since a change, whoever is concerned.
create index cohort_history_change on allot.cohort_history (tenant_id, change_id);
create index pointer_history_change on allot.pointer_history (tenant_id, change_id);
create index pointer_history_pack_change on allot.pointer_history_pack (tenant_id, change_id);
