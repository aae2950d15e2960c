-- Older servers do not survive it: they write a history that is another one now.
--
-- What any user had at any instant is found from here and from cohort_history and bundle_history (L-31). Everything says
-- what was true until a change.

-- Where pointers came from, for changes that move few users.
create table allot.pointer_history (
  tenant_id      uuid not null,
  user_no        bigint not null,
  change_id      bigint not null,
  -- the cohort the user points at from this change on; 0: none any more
  cohort_id      bigint not null,
  -- the one until then; 0: none
  from_cohort_id bigint not null,
  primary key (tenant_id, user_no, change_id)
);
insert into allot.pointer_history (tenant_id, user_no, change_id, cohort_id, from_cohort_id)
select h.tenant_id, h.user_no, h.change_id,
       coalesce(case when h.next_change_id is null then uc.cohort_id else h.next_cohort_id end, 0), coalesce(h.cohort_id, 0)
from (
  select h.*, lead(change_id) over later as next_change_id, lead(cohort_id) over later as next_cohort_id
  from allot.user_cohort_history h
  window later as (partition by tenant_id, user_no order by change_id)
) as h
left join allot.user_cohort uc on uc.tenant_id = h.tenant_id and uc.user_no = h.user_no;
drop table allot.user_cohort_history;

-- The same for many users who went the same way by the same change, in one row: applying a change that moves half a million
-- writes some thousand rows instead of half a million.
create table allot.pointer_history_pack (
  tenant_id      uuid not null,
  cohort_id      bigint not null,
  change_id      bigint not null,
  from_cohort_id bigint not null,
  user_nos       bigint[] not null,
  primary key (tenant_id, cohort_id, change_id, from_cohort_id)
);
-- Compressing some MB of numbers takes longer than writing them.
alter table allot.pointer_history_pack alter column user_nos set storage external;

-- The plans of a product until a change of the catalogue.
create table allot.product_history (
  tenant_id  uuid not null,
  product_id uuid not null,
  change_id  bigint not null,
  plan_ids   uuid[] not null,
  primary key (tenant_id, product_id, change_id)
);

-- Seats of a product until a change.
create table allot.seat_history (
  tenant_id  uuid not null,
  product_id uuid not null,
  change_id  bigint not null,
  consumed   integer not null,
  usable     integer not null,
  primary key (tenant_id, product_id, change_id)
);

create index change_time on allot.change (tenant_id, at);
