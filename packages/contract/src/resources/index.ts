export type { Collection } from './collection.ts';
export { type DirectoryAudit, directoryAuditProperties, type TargetResource } from './directory-audit.ts';
export {
  type Group,
  groupBetaProperties,
  groupProperties,
  type MembershipRuleProcessingStatus,
} from './group.ts';
export type {
  AssignedLicense,
  AssignedPlan,
  AssignLicenseBody,
  LicenseAssignmentState,
  LicenseDetails,
  LicenseProcessingState,
  LicenseState,
  LicenseUnitsDetail,
  ProvisionedPlan,
  ServicePlanInfo,
  SubscribedSku,
} from './license.ts';
export type { Organization, VerifiedDomain } from './organization.ts';
export type { EmptyValue, ResourceProperty, Returned } from './property.ts';
export { type User, userProperties } from './user.ts';
