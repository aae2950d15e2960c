-- Older servers survive this: it adds columns with defaults and allows one more status. What they write about subscriptions is
-- moved by time from the next change on that a newer server makes.

-- L-15, decision 6. status is the truth that everything reads; time moves it.
--   since:    when the present status began
--   moves_at: when time ends it; null: never. What is there already is looked at once by the background.
alter table allot.subscription
  add column since    timestamptz not null default now(),
  add column moves_at timestamptz,
  drop constraint subscription_status_check,
  add constraint subscription_status_check
    check (status in ('Upcoming', 'Enabled', 'Warning', 'Suspended', 'Deleted', 'LockedOut'));
update allot.subscription set moves_at = now();
create index subscription_moves on allot.subscription (tenant_id, moves_at) where moves_at is not null;

-- Whether what users have of the product is suspended (L-15), and since when it is or is not; null: it never was.
alter table allot.product
  add column suspended             boolean not null default false,
  add column suspension_changed_at timestamptz;
create index product_suspension on allot.product (tenant_id, product_id) where suspension_changed_at is not null;

-- Users who are to get mail attributes, because a mailbox came into force for them (L-30, decision 7). Written in the transaction that
-- gives the mailbox, deleted in the one that writes the addresses.
create table allot.pending_mail (
  tenant_id      uuid not null,
  seq            bigint generated always as identity,
  user_no        bigint not null,
  -- of the change that gave the mailbox
  correlation_id uuid not null,
  primary key (tenant_id, seq)
);
-- Tells at once that nobody, or who, lacks mail.
create index directory_user_without_mail on allot.directory_user (tenant_id, user_no) where mail is null and deleted_at is null;
