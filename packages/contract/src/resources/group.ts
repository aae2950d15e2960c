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
export const groupBetaProperties: readonly ResourceProperty[] = properties(
  'select',
  'membershipRuleProcessingStatus:membershipRuleProcessingStatus',
);

/** Every structural property of the group of v1.0, in the order in which they are answered. */
export const groupProperties: readonly ResourceProperty[] = [
  ...properties('default', 'id! deletedDateTime:DateTimeOffset'),
  ...properties('select', 'accessType allowExternalSenders:Boolean assignedLabels[]:assignedLabel'),
  ...properties('licensing', 'assignedLicenses[]:assignedLicense'),
  ...properties('select', 'autoSubscribeNewMembers:Boolean'),
  ...properties(
    'default',
    'classification createdDateTime:DateTimeOffset description displayName! expirationDateTime:DateTimeOffset groupTypes[]',
  ),
  ...properties('never', 'hasMembersWithLicenseErrors:Boolean'),
  ...properties(
    'select',
    'hideFromAddressLists:Boolean hideFromOutlookClients:Boolean infoCatalogs[] isArchived:Boolean',
  ),
  ...properties('default', 'isAssignableToRole:Boolean'),
  ...properties('select', 'isFavorite:Boolean isManagementRestricted:Boolean isSubscribedByMail:Boolean'),
  ...properties('licensing', 'licenseProcessingState:licenseProcessingState'),
  ...properties('default', 'mail mailEnabled:Boolean! mailNickname! membershipRule membershipRuleProcessingState'),
  ...properties('default', 'onPremisesDomainName'),
  ...properties('select', 'onPremisesExtensionAttributes:onPremisesExtensionAttributes'),
  ...properties(
    'default',
    'onPremisesLastSyncDateTime:DateTimeOffset onPremisesNetBiosName onPremisesProvisioningErrors[]:onPremisesProvisioningError',
  ),
  ...properties('default', 'onPremisesSamAccountName onPremisesSecurityIdentifier onPremisesSyncEnabled:Boolean'),
  ...properties('select', 'organizationId'),
  ...properties('default', 'preferredDataLocation preferredLanguage proxyAddresses[] renewedDateTime:DateTimeOffset'),
  ...properties('default', 'resourceBehaviorOptions[] resourceProvisioningOptions[] securityEnabled:Boolean!'),
  ...properties('default', 'securityIdentifier serviceProvisioningErrors[]:serviceProvisioningError theme uniqueName'),
  ...properties('select', 'unseenConversationsCount:Int32 unseenCount:Int32 unseenMessagesCount:Int32'),
  ...properties('default', 'visibility'),
  ...properties('select', 'welcomeMessageEnabled'),
];
