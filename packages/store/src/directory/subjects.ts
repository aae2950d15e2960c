import { sql } from 'kysely';
import { groupHasAnyProduct, groupHasProduct, hasLicenseErrors } from '../licensing/conditions.ts';
import { compareCount, type FilterSubject } from './compile-filter.ts';
import { compileLicenses } from './compile-licenses.ts';
import { FilterRefusal } from './filter-refusal.ts';
import { groupAttributes } from './group-attributes.ts';
import { impliedOfUsers } from './implied-conditions.ts';
import { inCohorts, type LicenseCondition } from './license-elements.ts';
import { userAttributes } from './user-attributes.ts';

/**
 * The users of a tenant as `u`, for filters.
 * @param cohortsOf for each condition over licenses the cohorts that satisfy it, or, with `others`, those that do not
 */
export const usersOf = (
  tenantId: string,
  cohortsOf: (part: LicenseCondition) => { readonly cohortNos: readonly number[]; readonly others: boolean } = () => {
    throw new Error('Nobody looked up which cohorts satisfy a condition over licenses.');
  },
): FilterSubject => {
  const found = (part: LicenseCondition) => {
    const { cohortNos, others } = cohortsOf(part);
    return inCohorts(tenantId, cohortNos, others);
  };
  return {
    typeName: 'microsoft.graph.user',
    alias: 'u',
    attributes: userAttributes,
    implied: impliedOfUsers(tenantId),
    licenses: {
      quantified: found,
      count: found,
      errors: () => {
        throw new FilterRefusal('unsupported', 'Users are found in error through their groups.');
      },
    },
  };
};

/** The groups of a tenant as `g`, for filters. */
export const groupsOf = (tenantId: string): FilterSubject => ({
  typeName: 'microsoft.graph.group',
  alias: 'g',
  attributes: groupAttributes,
  licenses: {
    quantified: (part) =>
      compileLicenses(part, {
        product: (productId) => groupHasProduct(tenantId, productId),
        any: () => groupHasAnyProduct(tenantId),
      }),
    count: (part) =>
      compareCount(
        sql`(select count(*) from allot.group_license l where l.tenant_id = ${tenantId} and l.group_id = g.id)`,
        part,
      ),
    errors: () => hasLicenseErrors(tenantId),
  },
});
