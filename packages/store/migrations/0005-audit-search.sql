-- Older servers survive this: it only adds. What they write to the audit log meanwhile has no terms, so it is found by
-- time and correlation only; users they note as pending name no cause.

-- What an entry can be found by: `name:value` for its activity, category, result, actor and targets, in lower case. One index
-- serves every equality, and PostgreSQL keeps statistics of the elements, so it knows which of them are rare enough to ask it.
alter table allot.audit
  add column logged_by_service text not null default 'Core Directory',
  add column terms text[] not null default '{}';

update allot.audit a set terms = array(
  select distinct lower(term) from (
    select unnest(array['activityDisplayName:' || a.activity, 'category:' || a.category, 'result:' || a.result]) as term
    union all
    select 'initiatedBy/' || actor.kind || '/' || p.name || ':' || p.value
    from jsonb_each(a.initiated_by) as actor (kind, value)
    cross join lateral jsonb_each_text(case jsonb_typeof(actor.value) when 'object' then actor.value else '{}' end) as p (name, value)
    union all
    select 'targetResources/' || p.name || ':' || p.value
    from jsonb_array_elements(a.targets) as target (value)
    cross join lateral jsonb_each_text(target.value) as p (name, value)
    where p.name in ('id', 'displayName', 'type', 'userPrincipalName')
  ) as terms where term is not null
);
create index audit_terms on allot.audit using gin (terms);
create index audit_correlation on allot.audit (tenant_id, correlation_id);

-- Pages are cut by (time, id).
drop index allot.audit_time;
create index audit_time on allot.audit (tenant_id, activity_at, id);

-- ISO 8601; null: entries are kept forever.
alter table allot.tenant add column audit_retention text;

-- The call that changed a user's facts, as its audit entries name it; null: not known.
alter table allot.pending_user add column correlation_id uuid;
