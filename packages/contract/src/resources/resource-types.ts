import { directoryAuditProperties } from './directory-audit.ts';
import { groupBetaProperties, groupProperties } from './group.ts';
import { companySubscriptionProperties, licenseDetailsProperties, subscribedSkuProperties } from './license.ts';
import { organizationProperties } from './organization.ts';
import { properties, type ResourceProperty } from './property.ts';
import { userProperties } from './user.ts';

/** A type of Graph as it is answered, or what an action takes: for the metadata and for the description of the API. */
export interface ResourceType {
  readonly name: string;
  /** `parameters`: of an action, by its name; they are no type of their own. */
  readonly kind: 'entity' | 'complex' | 'parameters';
  /** Objects of the directory are of one family. */
  readonly base?: 'directoryObject';
  /** Whether it may have properties that nobody declared, such as directory extensions. */
  readonly isOpen?: boolean;
  /** Also those of the base type. */
  readonly properties: readonly ResourceProperty[];
  /** What `$expand` shows of it. */
  readonly navigations?: readonly ResourceProperty[];
  /** Those that only beta has, besides. */
  readonly betaProperties?: readonly ResourceProperty[];
}

const complex = (name: string, names: string): ResourceType => ({
  name,
  kind: 'complex',
  properties: properties('default', names),
});

/** Graph has properties of it, and this directory never fills any. */
const unfilled = (name: string): ResourceType => ({ name, kind: 'complex', isOpen: true, properties: [] });

const parameters = (name: string, names: string): ResourceType => ({
  name,
  kind: 'parameters',
  properties: properties('default', names),
});

const extensionAttributes = Array.from({ length: 15 }, (_, at) => `extensionAttribute${at + 1}`).join(' ');

/** Every type that is answered or taken. */
export const resourceTypes: readonly ResourceType[] = [
  { name: 'directoryObject', kind: 'entity', properties: properties('default', 'id! deletedDateTime:DateTimeOffset') },
  {
    name: 'user',
    kind: 'entity',
    base: 'directoryObject',
    isOpen: true,
    properties: userProperties,
    navigations: properties('select', 'manager:user? directReports[]:user memberOf[]:group transitiveMemberOf[]:group'),
  },
  {
    name: 'group',
    kind: 'entity',
    base: 'directoryObject',
    isOpen: true,
    properties: groupProperties,
    betaProperties: groupBetaProperties,
    navigations: properties(
      'select',
      'members[]:directoryObject transitiveMembers[]:directoryObject memberOf[]:group transitiveMemberOf[]:group',
    ),
  },
  {
    name: 'organization',
    kind: 'entity',
    base: 'directoryObject',
    isOpen: true,
    properties: organizationProperties,
  },
  { name: 'licenseDetails', kind: 'entity', properties: licenseDetailsProperties },
  { name: 'subscribedSku', kind: 'entity', properties: subscribedSkuProperties },
  { name: 'companySubscription', kind: 'entity', properties: companySubscriptionProperties },
  { name: 'directoryAudit', kind: 'entity', properties: directoryAuditProperties },
  {
    name: 'unifiedRoleDefinition',
    kind: 'entity',
    properties: properties('default', 'id! description displayName! isBuiltIn:Boolean isEnabled:Boolean templateId'),
  },
  {
    name: 'unifiedRoleAssignment',
    kind: 'entity',
    properties: properties('default', 'id! principalId! roleDefinitionId! directoryScopeId!'),
  },
  {
    name: 'subscription',
    kind: 'entity',
    properties: properties(
      'default',
      `id! resource! applicationId changeType! clientState notificationUrl! notificationQueryOptions lifecycleNotificationUrl
       expirationDateTime:DateTimeOffset! creatorId includeResourceData:Boolean latestSupportedTlsVersion
       encryptionCertificate encryptionCertificateId notificationUrlAppId`,
    ),
  },

  complex('assignedLicense', 'disabledPlans[]:Guid? skuId:Guid!'),
  complex(
    'licenseAssignmentState',
    'assignedByGroup disabledPlans[]:Guid error lastUpdatedDateTime:DateTimeOffset skuId:Guid! state!',
  ),
  complex('licenseProcessingState', 'state'),
  complex('assignedPlan', 'assignedDateTime:DateTimeOffset capabilityStatus service servicePlanId:Guid'),
  complex('provisionedPlan', 'capabilityStatus provisioningStatus service'),
  complex('servicePlanInfo', 'appliesTo provisioningStatus servicePlanId:Guid servicePlanName'),
  complex('licenseUnitsDetail', 'enabled:Int32 lockedOut:Int32 suspended:Int32 warning:Int32'),
  complex('verifiedDomain', 'capabilities isDefault:Boolean isInitial:Boolean name type'),
  complex('onPremisesExtensionAttributes', extensionAttributes),
  complex('membershipRuleProcessingStatus', 'status! lastMembershipUpdated:DateTimeOffset errorMessage'),
  complex('auditActivityInitiator', 'user:userIdentity app:appIdentity'),
  complex('userIdentity', 'id! displayName userPrincipalName ipAddress'),
  complex('appIdentity', 'appId! displayName servicePrincipalId servicePrincipalName'),
  complex('targetResource', 'id! displayName type userPrincipalName groupType modifiedProperties[]:modifiedProperty'),
  complex('modifiedProperty', 'displayName oldValue newValue'),
  complex('keyValue', 'key value'),
  complex(
    'evaluateDynamicMembershipResult',
    `membershipRule! membershipRuleEvaluationResult:Boolean!
     membershipRuleEvaluationDetails:expressionEvaluationDetails!`,
  ),
  complex(
    'expressionEvaluationDetails',
    `expression! expressionResult:Boolean! propertyToEvaluate:propertyToEvaluate?
     expressionEvaluationDetails[]:expressionEvaluationDetails`,
  ),
  complex('propertyToEvaluate', 'propertyName! propertyValue'),
  ...[
    'assignedLabel',
    'authorizationInfo',
    'customSecurityAttributeValue',
    'employeeOrgData',
    'mailboxSettings',
    'objectIdentity',
    'onPremisesProvisioningError',
    'passwordProfile',
    'serviceProvisioningError',
    'signInActivity',
    'userPrint',
  ].map(unfilled),

  parameters('assignLicense', 'addLicenses[]:assignedLicense removeLicenses[]:Guid'),
  parameters('checkMemberGroups', 'groupIds[]'),
  parameters('checkMemberObjects', 'ids[]'),
  parameters('getMemberGroups', 'securityEnabledOnly:Boolean!'),
  parameters('getMemberObjects', 'securityEnabledOnly:Boolean!'),
  parameters('getByIds', 'ids[] types[]?'),
  parameters('restore', 'autoReconcileProxyConflict:Boolean newUserPrincipalName'),
  parameters('validateProperties', 'entityType displayName mailNickname onBehalfOfUserId:Guid'),
  parameters('evaluateDynamicMembership', 'memberId! membershipRule'),
];
