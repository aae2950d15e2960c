-- Older servers do not survive it: they would leave the members of groups by rule as they are.

-- Groups whose members follow a rule (L-26): every group with DynamicMembership among its types has a row, also while it is deleted.
create table allot.dynamic_group (
  tenant_id          uuid not null,
  group_id           uuid not null,
  -- what the rule reads, in lower case: attributes by Graph's name, memberof:<group>, manager:<user>, assignedplans
  reads              text[] not null,
  -- Failed: the rule could not be evaluated, and is not again until somebody changes or resumes it
  status             text not null default 'NotStarted' check (status in ('NotStarted', 'Running', 'Succeeded', 'Failed')),
  error_message      text,
  -- last time the rule was evaluated for everybody
  evaluated_at       timestamptz,
  members_changed_at timestamptz,
  -- when time by itself may next change who matches; null: never
  next_at            timestamptz,
  primary key (tenant_id, group_id)
);

-- Who must be compared with which rules. Written in the transaction of the change, deleted in the one that settles what follows.
create table allot.pending_rule (
  tenant_id      uuid not null,
  seq            bigint generated always as identity,
  -- whom: this user; the members of these cohorts; both null: everybody
  user_no        bigint,
  cohort_ids     bigint[],
  -- which rules: that of this group; those that read any of this; both null: all
  group_id       uuid,
  reads          text[],
  correlation_id uuid,
  primary key (tenant_id, seq)
);
