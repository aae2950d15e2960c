import { findOtherAddresses, findOtherGroups, findOtherPlaces } from '@allot/store';
import { foundIn, type TenantCheck, userIds, userName } from './check.ts';

/** The facts of cohorts against the directory as it is now. What is pending is left out. */
export const factChecks: readonly TenantCheck[] = [
  {
    name: 'places',
    claim: 'Users are licensed where their usage location says (L-10).',
    find: ({ db, tenant, world }) =>
      foundIn(
        findOtherPlaces(db, tenant.tenantId, {
          places: world.catalogue.places,
          defaultUsageLocation: tenant.defaultUsageLocation,
        }),
        (row) => ({
          sentence: `${userName(row)} is licensed in place '${row.stored}' and must be in '${row.derived}'.`,
          ids: { ...userIds(row), cohortId: row.cohortNo },
        }),
      ),
  },
  {
    name: 'shared-addresses',
    claim: 'Who shares an address with another user is known to (L-11).',
    find: ({ db, tenant }) =>
      foundIn(findOtherAddresses(db, tenant.tenantId), (row) => ({
        sentence: row.stored
          ? `${userName(row)} is taken to share an address and does not.`
          : `${userName(row)} shares an address with another user and is taken not to.`,
        ids: { ...userIds(row), cohortId: row.cohortNo },
      })),
  },
  {
    name: 'licensed-groups',
    claim: 'Users inherit from the licensed groups of which they are members, and from no other.',
    find: ({ db, tenant }) =>
      foundIn(findOtherGroups(db, tenant.tenantId), (row) => ({
        sentence: row.stored
          ? `${userName(row)} is settled as one who inherits from group ${row.groupId} and does not.`
          : `${userName(row)} is a member of the licensed group ${row.groupId} and is settled as if it were not.`,
        ids: { ...userIds(row), groupId: row.groupId, cohortId: row.cohortNo },
      })),
  },
];
