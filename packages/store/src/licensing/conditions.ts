import { type RawBuilder, sql } from 'kysely';
import { directSourceId } from '../handle.ts';

/**
 * Conditions over what users and groups have, for lists and filters. In force is what a source wants, less what is missing,
 * plus what is kept; so each condition reads bundles and exceptions, never a row per user.
 */

/** Cohorts whose members hold a seat of the product. */
const cohortsHolding = (tenantId: string, productId: string): RawBuilder<unknown> => sql`
  select c.cohort_id from allot.cohort c
  where c.tenant_id = ${tenantId} and (
    exists (
      select from allot.settled_license s
      where s.tenant_id = ${tenantId} and s.product_id = ${productId} and s.group_id = any(c.groups)
        and not exists (
          select from allot.cohort_exception e
          where e.tenant_id = ${tenantId} and e.cohort_id = c.cohort_id and e.source_id = s.group_id
            and e.product_id = s.product_id and e.kind = 'missing' and e.plans is null)
    )
    or (c.direct @> jsonb_build_array(jsonb_build_object('productId', ${productId}::text))
      and not exists (
        select from allot.cohort_exception e
        where e.tenant_id = ${tenantId} and e.cohort_id = c.cohort_id and e.source_id = ${directSourceId}
          and e.product_id = ${productId} and e.kind = 'missing' and e.plans is null))
    or exists (
      select from allot.cohort_exception e
      where e.tenant_id = ${tenantId} and e.cohort_id = c.cohort_id and e.product_id = ${productId} and e.kind = 'kept')
  )`;

/** Over `u`, a row of allot.directory_user: the user has the product, directly or inherited. */
export const holdsProduct = (tenantId: string, productId: string): RawBuilder<boolean> => sql`exists (
  select from allot.user_cohort uc where uc.tenant_id = ${tenantId} and uc.user_no = u.user_no
    and uc.cohort_id in (${cohortsHolding(tenantId, productId)}))`;

/** Over `u`: the user has at least one license. */
export const holdsAnyProduct = (tenantId: string): RawBuilder<boolean> => sql`exists (
  select from allot.user_cohort uc join allot.cohort c on c.tenant_id = uc.tenant_id and c.cohort_id = uc.cohort_id
  where uc.tenant_id = ${tenantId} and uc.user_no = u.user_no and (
    exists (
      select from allot.settled_license s
      where s.tenant_id = ${tenantId} and s.group_id = any(c.groups)
        and not exists (
          select from allot.cohort_exception e
          where e.tenant_id = ${tenantId} and e.cohort_id = c.cohort_id and e.source_id = s.group_id
            and e.product_id = s.product_id and e.kind = 'missing' and e.plans is null))
    or c.direct <> '[]'
    or exists (select from allot.cohort_exception e
               where e.tenant_id = ${tenantId} and e.cohort_id = c.cohort_id and e.kind = 'kept')))`;

/** Over `u`: something that the group gives or should give the user is in error. */
export const inErrorFromGroup = (tenantId: string, groupId: string): RawBuilder<boolean> => sql`exists (
  select from allot.user_cohort uc where uc.tenant_id = ${tenantId} and uc.user_no = u.user_no
    and uc.cohort_id in (
      select e.cohort_id from allot.cohort_exception e where e.tenant_id = ${tenantId} and e.source_id = ${groupId}))`;

/** Over `g`, a row of allot.directory_group: some user has an error from it. */
export const hasLicenseErrors = (tenantId: string): RawBuilder<boolean> => sql`exists (
  select from allot.cohort_exception e join allot.cohort c using (tenant_id, cohort_id)
  where e.tenant_id = ${tenantId} and e.source_id = g.id and c.members > 0)`;

/** Over `g`: the product is in the bundle of the group. */
export const groupHasProduct = (tenantId: string, productId: string): RawBuilder<boolean> => sql`exists (
  select from allot.group_license l where l.tenant_id = ${tenantId} and l.group_id = g.id and l.product_id = ${productId})`;

/** Over `g`: the group has any license. */
export const groupHasAnyProduct = (tenantId: string): RawBuilder<boolean> => sql`exists (
  select from allot.group_license l where l.tenant_id = ${tenantId} and l.group_id = g.id)`;
