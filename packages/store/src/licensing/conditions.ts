import { type RawBuilder, sql } from 'kysely';

/** Conditions over what users and groups have, for lists and filters. */

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
