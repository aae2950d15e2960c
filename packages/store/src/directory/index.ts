export * from './give-mail.ts';
export { comparedAddress, lockUsers, replaceAddresses, selectUsersSharing } from './addresses.ts';
export type { Attribute, AttributeTable, AttributeType, FilterOperator } from './attributes.ts';
export { compileFilter, type FilterSubject } from './compile-filter.ts';
export { compileSearch } from './compile-search.ts';
export {
  elementsSatisfying,
  type LicenseCollection,
  licenseCollectionOf,
  type LicenseCondition,
  type LicenseElement,
} from './license-elements.ts';
export { type DeletedGroup, lockGroupsDeletedBefore, markGroupRestored, removeGroups } from './deleted-groups.ts';
export {
  type DeletedUser,
  forgetDeletedLicenses,
  markUserRestored,
  removeUsers,
  type SavedLicenses,
  saveDeletedLicenses,
  selectUsersDeletedBefore,
} from './deleted-users.ts';
export { isDirectoryExtension } from './directory-extensions.ts';
export {
  countDirectReports,
  selectDirectReports,
  selectManager,
  selectManagerIds,
  setManager,
} from './reporting-line.ts';
export { unknownProperty } from './compile-filter.ts';
export { FilterRefusal, type FilterRefusalReason } from './filter-refusal.ts';
export {
  type CreatedUser,
  type CreatedUsers,
  insertUsers,
  isUserIdTaken,
  isUserPrincipalNameTaken,
  type NewUser,
} from './insert-users.ts';
export {
  deleteMember,
  findMemberObjects,
  insertGroupMembers,
  insertMemberships,
  type MemberObject,
  deleteGroupMembers,
} from './memberships.ts';
export {
  countOwners,
  deleteOwner,
  groupOwnedBy,
  insertOwners,
  selectOwners,
} from './owners.ts';
export {
  allOf,
  type DirectoryRow,
  type Page,
  type PageKey,
  type PageOrder,
  type PageQuery,
  type UserRow,
} from './page.ts';
export { countGroupsWhere, groupIdIn, groupInGroup, groupOf, selectGroup, selectGroups } from './select-groups.ts';
export { countMembers, selectGroupMembers, selectUserMembers } from './select-members.ts';
export * from './select-nested.ts';
export { selectTenant, type TenantRow } from './select-tenant.ts';
export {
  countUsersInCohorts,
  countUsersWhere,
  selectUser,
  selectUserNames,
  selectUsers,
  selectUsersByIds,
  userIdIn,
  userInGroups,
  usersInErrorFrom,
} from './select-users.ts';
export { groupsOf, usersOf } from './subjects.ts';
export { findGroupByUniqueName, isMailNicknameTaken, isUniqueNameTaken } from './unique-names.ts';
export { markUserDeleted, updateUserRow } from './update-user.ts';
export { insertGroup, lockGroups, updateGroupRow } from './write-groups.ts';
