export type { Collection } from './collection.ts';
export { type DirectoryAudit, directoryAuditProperties, type TargetResource } from './directory-audit.ts';
export {
  type Group,
  groupBetaProperties,
  groupProperties,
  type MembershipRuleProcessingStatus,
} from './group.ts';
export {
  companySubscriptionProperties,
  licenseDetailsProperties,
  subscribedSkuProperties,
} from './license.ts';
export type {
  AssignedLicense,
  AssignedPlan,
  AssignLicenseBody,
  CompanySubscription,
  LicenseAssignmentState,
  LicenseDetails,
  LicenseProcessingState,
  LicenseState,
  LicenseUnitsDetail,
  ProvisionedPlan,
  ServicePlanInfo,
  SubscribedSku,
} from './license.ts';
export { type Organization, organizationProperties, type VerifiedDomain } from './organization.ts';
export {
  type EmptyValue,
  primitiveTypes,
  properties,
  type ResourceProperty,
  type Returned,
} from './property.ts';
export { type ResourceType, resourceTypes } from './resource-types.ts';
export { type User, userProperties } from './user.ts';
