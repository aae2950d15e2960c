-- Older servers survive this: it only adds. While only older ones run, nothing is told, and told later.

-- Who wants to be told of changes (Graph's change notifications).
create table allot.change_subscription (
  tenant_id        uuid not null,
  id               uuid not null,
  client_id        uuid not null,
  -- as sent: updated,deleted
  change_types     text[] not null,
  -- as sent: /users, /groups/{id}/members
  resource         text not null,
  kind             text not null check (kind in ('users', 'groups')),
  -- only this object; null: all of the kind
  object_id        uuid,
  notification_url text not null,
  lifecycle_url    text,
  client_state     text,
  expires_at       timestamptz not null,
  created_at       timestamptz not null default now(),
  -- everything up to here was told, or waits in change_notification
  cluster          text not null,
  snapshot         text not null,
  change_no        bigint not null,
  position_at      timestamptz not null,
  primary key (tenant_id, id)
);
create index change_subscription_expires on allot.change_subscription (expires_at);

-- What was not delivered yet: written in the transaction that moves the position of its subscription on.
create table allot.change_notification (
  tenant_id       uuid not null,
  seq             bigint generated always as identity,
  subscription_id uuid not null,
  url             text not null,
  -- the members of `value`
  items           jsonb not null,
  created_at      timestamptz not null default now(),
  attempts        integer not null default 0,
  -- when to try; while somebody tries, when others may
  due_at          timestamptz not null default now(),
  primary key (tenant_id, seq)
);
create index change_notification_due on allot.change_notification (due_at);
create index change_notification_subscription on allot.change_notification (tenant_id, subscription_id);
