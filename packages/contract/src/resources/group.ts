import type { AssignedLicense, LicenseProcessingState } from './license.ts';
import { properties } from './property.ts';
import type { ResourceProperty } from './property.ts';

/** How far a group by rule is, in beta. */
export interface MembershipRuleProcessingStatus {
  readonly status: 'NotStarted' | 'Running' | 'Failed' | 'Succeeded';
  readonly lastMembershipUpdated: string | null;
  readonly errorMessage: string | null;
}

/** A group as answered: the default properties, or those that `$select` names. Times are ISO 8601 in UTC. */
export interface Group {
  readonly '@odata.context'?: string;
  readonly '@odata.type'?: '#microsoft.graph.group';
  readonly id?: string;
  readonly assignedLicenses?: readonly AssignedLicense[];
  readonly createdDateTime?: string;
  readonly deletedDateTime?: string | null;
  readonly description?: string | null;
  readonly displayName?: string;
  readonly groupTypes?: readonly string[];
  readonly licenseProcessingState?: LicenseProcessingState | null;
  readonly mail?: string | null;
  readonly mailEnabled?: boolean;
  readonly mailNickname?: string;
  readonly membershipRule?: string | null;
  readonly membershipRuleProcessingState?: string | null;
  readonly membershipRuleProcessingStatus?: MembershipRuleProcessingStatus | null;
  readonly securityEnabled?: boolean;
  readonly visibility?: string | null;
}

/** What beta shows besides. */
export const groupBetaProperties: readonly ResourceProperty[] = properties('select', 'membershipRuleProcessingStatus');

/** Every structural property of the group of v1.0, in the order in which they are answered. */
export const groupProperties: readonly ResourceProperty[] = [
  ...properties('default', 'id deletedDateTime'),
  ...properties('select', 'accessType allowExternalSenders assignedLabels[]'),
  ...properties('licensing', 'assignedLicenses[]'),
  ...properties('select', 'autoSubscribeNewMembers'),
  ...properties('default', 'classification createdDateTime description displayName expirationDateTime groupTypes[]'),
  ...properties('never', 'hasMembersWithLicenseErrors'),
  ...properties('select', 'hideFromAddressLists hideFromOutlookClients infoCatalogs[] isArchived'),
  ...properties('default', 'isAssignableToRole'),
  ...properties('select', 'isFavorite isManagementRestricted isSubscribedByMail'),
  ...properties('licensing', 'licenseProcessingState'),
  ...properties('default', 'mail mailEnabled mailNickname membershipRule membershipRuleProcessingState'),
  ...properties('default', 'onPremisesDomainName'),
  ...properties('select', 'onPremisesExtensionAttributes'),
  ...properties('default', 'onPremisesLastSyncDateTime onPremisesNetBiosName onPremisesProvisioningErrors[]'),
  ...properties('default', 'onPremisesSamAccountName onPremisesSecurityIdentifier onPremisesSyncEnabled'),
  ...properties('select', 'organizationId'),
  ...properties('default', 'preferredDataLocation preferredLanguage proxyAddresses[] renewedDateTime'),
  ...properties('default', 'resourceBehaviorOptions[] resourceProvisioningOptions[] securityEnabled'),
  ...properties('default', 'securityIdentifier serviceProvisioningErrors[] theme uniqueName'),
  ...properties('select', 'unseenConversationsCount unseenCount unseenMessagesCount'),
  ...properties('default', 'visibility'),
  ...properties('select', 'welcomeMessageEnabled'),
];
