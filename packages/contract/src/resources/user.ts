import type { AssignedLicense, AssignedPlan, LicenseAssignmentState, ProvisionedPlan } from './license.ts';
import { properties } from './property.ts';
import type { ResourceProperty } from './property.ts';

/** A user as answered: the default properties, or those that `$select` names. Times are ISO 8601 in UTC. */
export interface User {
  readonly '@odata.context'?: string;
  readonly '@odata.type'?: '#microsoft.graph.user';
  readonly id?: string;
  readonly accountEnabled?: boolean;
  readonly assignedLicenses?: readonly AssignedLicense[];
  readonly assignedPlans?: readonly AssignedPlan[];
  readonly businessPhones?: readonly string[];
  readonly city?: string | null;
  readonly companyName?: string | null;
  readonly country?: string | null;
  readonly createdDateTime?: string;
  readonly deletedDateTime?: string | null;
  readonly department?: string | null;
  readonly displayName?: string;
  readonly employeeHireDate?: string | null;
  readonly employeeId?: string | null;
  readonly employeeType?: string | null;
  readonly faxNumber?: string | null;
  readonly givenName?: string | null;
  readonly jobTitle?: string | null;
  readonly licenseAssignmentStates?: readonly LicenseAssignmentState[];
  readonly mail?: string | null;
  readonly mailNickname?: string;
  readonly mobilePhone?: string | null;
  readonly officeLocation?: string | null;
  readonly onPremisesExtensionAttributes?: Readonly<Record<`extensionAttribute${number}`, string | null>>;
  readonly otherMails?: readonly string[];
  readonly passwordPolicies?: string | null;
  readonly postalCode?: string | null;
  readonly preferredLanguage?: string | null;
  readonly provisionedPlans?: readonly ProvisionedPlan[];
  readonly proxyAddresses?: readonly string[];
  readonly state?: string | null;
  readonly streetAddress?: string | null;
  readonly surname?: string | null;
  readonly usageLocation?: string | null;
  readonly userPrincipalName?: string;
  readonly userType?: string | null;
}

/** Every structural property of the user of v1.0, in the order in which they are answered. */
export const userProperties: readonly ResourceProperty[] = [
  ...properties('select', 'deletedDateTime:DateTimeOffset accountEnabled:Boolean! ageGroup'),
  ...properties('licensing', 'assignedLicenses[]:assignedLicense assignedPlans[]:assignedPlan'),
  ...properties('select', 'authorizationInfo:authorizationInfo'),
  ...properties('default', 'businessPhones[]'),
  ...properties(
    'select',
    'city companyName consentProvidedForMinor country createdDateTime:DateTimeOffset creationType',
  ),
  ...properties(
    'select',
    'customSecurityAttributes:customSecurityAttributeValue department deviceEnrollmentLimit:Int32',
  ),
  ...properties('default', 'displayName!'),
  ...properties(
    'select',
    'employeeHireDate:DateTimeOffset employeeId employeeLeaveDateTime:DateTimeOffset employeeOrgData:employeeOrgData employeeType',
  ),
  ...properties('select', 'externalUserState externalUserStateChangeDateTime:DateTimeOffset faxNumber'),
  ...properties('default', 'givenName'),
  ...properties(
    'select',
    'identities[]:objectIdentity identityParentId imAddresses[] isManagementRestricted:Boolean isResourceAccount:Boolean',
  ),
  ...properties('default', 'jobTitle'),
  ...properties('select', 'lastPasswordChangeDateTime:DateTimeOffset legalAgeGroupClassification'),
  ...properties('licensing', 'licenseAssignmentStates[]:licenseAssignmentState'),
  ...properties('default', 'mail'),
  ...properties('select', 'mailNickname!'),
  ...properties('default', 'mobilePhone officeLocation'),
  ...properties(
    'select',
    'onPremisesDistinguishedName onPremisesDomainName onPremisesExtensionAttributes:onPremisesExtensionAttributes',
  ),
  ...properties(
    'select',
    'onPremisesImmutableId onPremisesLastSyncDateTime:DateTimeOffset onPremisesProvisioningErrors[]:onPremisesProvisioningError',
  ),
  ...properties('select', 'onPremisesSamAccountName onPremisesSecurityIdentifier onPremisesSyncEnabled:Boolean'),
  ...properties(
    'select',
    'onPremisesUserPrincipalName otherMails[] passwordPolicies passwordProfile:passwordProfile postalCode',
  ),
  ...properties('select', 'preferredDataLocation'),
  ...properties('default', 'preferredLanguage'),
  ...properties('select', 'print:userPrint'),
  ...properties('licensing', 'provisionedPlans[]:provisionedPlan'),
  ...properties(
    'select',
    'proxyAddresses[] securityIdentifier serviceProvisioningErrors[]:serviceProvisioningError showInAddressList:Boolean',
  ),
  ...properties(
    'select',
    'signInActivity:signInActivity signInSessionsValidFromDateTime:DateTimeOffset state streetAddress',
  ),
  ...properties('default', 'surname'),
  ...properties('select', 'usageLocation'),
  ...properties('default', 'userPrincipalName!'),
  ...properties('select', 'userType'),
  ...properties(
    'elsewhere',
    'aboutMe birthday:DateTimeOffset hireDate:DateTimeOffset interests[] mailboxSettings:mailboxSettings mySite pastProjects[]',
  ),
  ...properties('elsewhere', 'preferredName responsibilities[] schools[] skills[]'),
  ...properties('default', 'id!'),
];
