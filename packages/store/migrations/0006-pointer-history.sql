-- Older servers do not survive it: they write the history that goes.
--
-- Where pointers came from, in one row for all users who went the same way by the same change. Applying a change that moves
-- half a million users writes some thousand rows here instead of half a million. A user's past is found backward: the last
-- arrival in the cohort where the user is, then the last one before that in the cohort the user came from.

create table allot.pointer_history (
  tenant_id      uuid not null,
  -- the cohort they point at from this change on; 0: none any more
  cohort_id      bigint not null,
  change_id      bigint not null,
  -- the one they pointed at until then; 0: none
  from_cohort_id bigint not null,
  user_nos       bigint[] not null,
  primary key (tenant_id, cohort_id, change_id, from_cohort_id)
);
-- Compressing some MB of numbers takes longer than writing them.
alter table allot.pointer_history alter column user_nos set storage external;

insert into allot.pointer_history (tenant_id, cohort_id, change_id, from_cohort_id, user_nos)
select h.tenant_id, coalesce(case when h.next_change_id is null then uc.cohort_id else h.next_cohort_id end, 0), h.change_id,
       coalesce(h.cohort_id, 0), array_agg(h.user_no)
from (
  select h.*, lead(change_id) over later as next_change_id, lead(cohort_id) over later as next_cohort_id
  from allot.user_cohort_history h
  window later as (partition by tenant_id, user_no order by change_id)
) as h
left join allot.user_cohort uc on uc.tenant_id = h.tenant_id and uc.user_no = h.user_no
group by 1, 2, 3, 4;

drop table allot.user_cohort_history;
