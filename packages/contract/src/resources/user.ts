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
  ...properties('select', 'deletedDateTime accountEnabled ageGroup'),
  ...properties('licensing', 'assignedLicenses[] assignedPlans[]'),
  ...properties('select', 'authorizationInfo'),
  ...properties('default', 'businessPhones[]'),
  ...properties('select', 'city companyName consentProvidedForMinor country createdDateTime creationType'),
  ...properties('select', 'customSecurityAttributes department deviceEnrollmentLimit'),
  ...properties('default', 'displayName'),
  ...properties('select', 'employeeHireDate employeeId employeeLeaveDateTime employeeOrgData employeeType'),
  ...properties('select', 'externalUserState externalUserStateChangeDateTime faxNumber'),
  ...properties('default', 'givenName'),
  ...properties('select', 'identities[] identityParentId imAddresses[] isManagementRestricted isResourceAccount'),
  ...properties('default', 'jobTitle'),
  ...properties('select', 'lastPasswordChangeDateTime legalAgeGroupClassification'),
  ...properties('licensing', 'licenseAssignmentStates[]'),
  ...properties('default', 'mail'),
  ...properties('select', 'mailNickname'),
  ...properties('default', 'mobilePhone officeLocation'),
  ...properties('select', 'onPremisesDistinguishedName onPremisesDomainName onPremisesExtensionAttributes'),
  ...properties('select', 'onPremisesImmutableId onPremisesLastSyncDateTime onPremisesProvisioningErrors[]'),
  ...properties('select', 'onPremisesSamAccountName onPremisesSecurityIdentifier onPremisesSyncEnabled'),
  ...properties('select', 'onPremisesUserPrincipalName otherMails[] passwordPolicies passwordProfile postalCode'),
  ...properties('select', 'preferredDataLocation'),
  ...properties('default', 'preferredLanguage'),
  ...properties('select', 'print'),
  ...properties('licensing', 'provisionedPlans[]'),
  ...properties('select', 'proxyAddresses[] securityIdentifier serviceProvisioningErrors[] showInAddressList'),
  ...properties('select', 'signInActivity signInSessionsValidFromDateTime state streetAddress'),
  ...properties('default', 'surname'),
  ...properties('select', 'usageLocation'),
  ...properties('default', 'userPrincipalName'),
  ...properties('select', 'userType'),
  ...properties('elsewhere', 'aboutMe birthday hireDate interests[] mailboxSettings mySite pastProjects[]'),
  ...properties('elsewhere', 'preferredName responsibilities[] schools[] skills[]'),
  ...properties('default', 'id'),
];
