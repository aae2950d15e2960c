import {
  groupHasAnyProduct,
  groupHasProduct,
  hasLicenseErrors,
  holdsAnyProduct,
  holdsProduct,
} from '../licensing/conditions.ts';
import type { FilterSubject } from './compile-filter.ts';
import { FilterRefusal } from './filter-refusal.ts';
import { groupAttributes } from './group-attributes.ts';
import { userAttributes } from './user-attributes.ts';

/** The users of a tenant as `u`, for filters. */
export const usersOf = (tenantId: string): FilterSubject => ({
  typeName: 'microsoft.graph.user',
  alias: 'u',
  attributes: userAttributes,
  licenses: {
    product: (productId) => holdsProduct(tenantId, productId),
    any: () => holdsAnyProduct(tenantId),
    errors: () => {
      throw new FilterRefusal('unsupported', 'Users are found in error through their groups.');
    },
  },
});

/** The groups of a tenant as `g`, for filters. */
export const groupsOf = (tenantId: string): FilterSubject => ({
  typeName: 'microsoft.graph.group',
  alias: 'g',
  attributes: groupAttributes,
  licenses: {
    product: (productId) => groupHasProduct(tenantId, productId),
    any: () => groupHasAnyProduct(tenantId),
    errors: () => hasLicenseErrors(tenantId),
  },
});
