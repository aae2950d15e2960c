/**
 * What section 3 of the Graph facts says may be asked of each property, written by hand and on purpose not derived from
 * the attribute tables of the product, which it is there to check.
 *
 * - `usual`    in every query
 * - `advanced` besides, with `ConsistencyLevel: eventual` and `$count=true`
 *
 * Operators of a scalar: `eq ne in ge le gt lt startsWith endsWith contains`, `null` (`eq null`), `not` (`not (p eq v)`).
 * Of a collection they are asked inside `any(x:…)`; `any` is `any()` and `count` is `/$count`. `order` and `search` say
 * whether `$orderby` and `$search` know the property. What a line does not name is refused.
 *
 * Where the facts have a row for a property they are followed to the letter. `ne` and `not` are advanced everywhere, as their
 * general rule says. Rows that the facts leave out follow the row most like them.
 */
export interface Row {
  /** As in a query; of objects in a collection `collection/property`. */
  readonly property: string;
  /** A value as a filter writes it. */
  readonly sample: string;
  readonly usual: readonly string[];
  readonly advanced: readonly string[];
  readonly order: 'usual' | 'advanced' | 'no';
  readonly search: boolean;
}

const guid = '11111111-2222-4333-8444-555555555555';

// property | sample | usual | advanced | $orderby | $search
const users = `
id                              | ${guid}   | eq in                  | ne not null                                    | no       | no
accountEnabled                  | true      | eq in                  | ne not null                                    | no       | no
onPremisesSyncEnabled           | true      | eq in                  | ne not null                                    | no       | no
userType                        | 'Guest'   | eq in                  | ne not null                                    | no       | no
createdDateTime                 | 2026-01-31T08:00:00Z | eq ge le    | ne not null in                                 | advanced | no
deletedDateTime                 | 2026-01-31T08:00:00Z |             | eq ge le ne not null in                        | advanced | no
employeeHireDate                | 2026-01-31T08:00:00Z |             | eq ge le ne not null in                        | no       | no
displayName                     | 'x'       | eq ge le in startsWith | ne not null                                    | usual    | yes
userPrincipalName               | 'x'       | eq ge le in startsWith | ne not null endsWith                           | usual    | yes
mail                            | 'x'       | eq ge le in startsWith | ne not null endsWith                           | advanced | yes
mailNickname                    | 'x'       | eq ge le in startsWith | ne not null                                    | advanced | yes
givenName                       | 'x'       | eq ge le in startsWith | ne not null                                    | advanced | yes
surname                         | 'x'       | eq ge le in startsWith | ne not null                                    | advanced | yes
jobTitle                        | 'x'       | eq ge le in startsWith | ne not null                                    | advanced | yes
department                      | 'x'       | eq ge le in startsWith | ne not null                                    | advanced | yes
employeeId                      | 'x'       | eq ge le in startsWith | ne not null                                    | advanced | yes
city                            | 'x'       | eq ge le in startsWith | ne not null                                    | advanced | yes
state                           | 'x'       | eq ge le in startsWith | ne not null                                    | advanced | yes
country                         | 'x'       | eq ge le in startsWith | ne not null                                    | advanced | yes
usageLocation                   | 'DE'      | eq ge le in startsWith | ne not null                                    | advanced | yes
onPremisesSecurityIdentifier    | 'x'       | eq ge le in startsWith | ne not null                                    | no       | yes
companyName                     | 'x'       |                        | eq ge le in startsWith ne not null             | advanced | yes
officeLocation                  | 'x'       |                        | eq ge le in startsWith ne not null             | advanced | yes
employeeType                    | 'x'       |                        | eq ge le in startsWith ne not null             | advanced | yes
mobilePhone                     | 'x'       |                        | eq ge le in startsWith ne not null             | advanced | yes
faxNumber                       | 'x'       |                        | eq ge le in startsWith ne not null             | advanced | yes
streetAddress                   | 'x'       |                        | eq ge le in startsWith ne not null             | advanced | yes
postalCode                      | 'x'       |                        | eq ge le in startsWith ne not null             | advanced | yes
preferredLanguage               | 'x'       |                        | eq ge le in startsWith ne not null             | advanced | yes
onPremisesSamAccountName        | 'x'       |                        | eq ge le in startsWith ne not null             | no       | no
onPremisesExtensionAttributes/extensionAttribute1 | 'x' |            | eq ge le in startsWith ne not null             | no       | no
proxyAddresses[]                | 'x'       | any eq ge le in startsWith | ne not count endsWith                      | no       | no
otherMails[]                    | 'x'       | any eq ge le in startsWith | ne not count endsWith                      | no       | no
businessPhones[]                | 'x'       |                        | any eq ge le in startsWith ne not count        | no       | no
assignedLicenses[]/skuId        | ${guid}   | any eq in              | ne ge le not count                             | no       | no
assignedPlans[]/servicePlanId   | ${guid}   |                        | any eq ne in ge le not                         | no       | no
assignedPlans[]/capabilityStatus| 'Enabled' |                        | any eq ge le in startsWith ne not null         | no       | no
assignedPlans[]/service         | 'exchange'|                        | any eq ge le in startsWith ne not null         | no       | no
provisionedPlans[]/service      | 'exchange'|                        | any eq ge le in startsWith ne not null         | no       | no
provisionedPlans[]/provisioningStatus | 'Success' |                  | any eq ge le in startsWith ne not null         | no       | no
`;

/** Of these nothing can be asked: they are not kept, or not indexed. */
export const usersUnindexed =
  `ageGroup authorizationInfo consentProvidedForMinor creationType customSecurityAttributes deviceEnrollmentLimit
  employeeLeaveDateTime employeeOrgData externalUserState externalUserStateChangeDateTime identities identityParentId imAddresses
  isManagementRestricted isResourceAccount lastPasswordChangeDateTime legalAgeGroupClassification licenseAssignmentStates
  onPremisesDistinguishedName onPremisesDomainName onPremisesImmutableId onPremisesLastSyncDateTime onPremisesProvisioningErrors
  onPremisesUserPrincipalName passwordPolicies passwordProfile preferredDataLocation print securityIdentifier
  serviceProvisioningErrors showInAddressList signInActivity signInSessionsValidFromDateTime`.split(/\s+/);

/** These are outside the directory: a list that is asked for them is not implemented. */
export const usersElsewhere =
  `aboutMe birthday hireDate interests mailboxSettings mySite pastProjects preferredName responsibilities schools
  skills`.split(/\s+/);

const groups = `
id                              | ${guid}   | eq in                  | ne not null                                    | no       | no
securityEnabled                 | true      | eq in                  | ne not null                                    | no       | no
mailEnabled                     | true      | eq in                  | ne not null                                    | no       | no
membershipRuleProcessingState   | 'On'      | eq in                  | ne not null                                    | no       | no
visibility                      | 'Private' | eq in                  | ne not null                                    | no       | no
uniqueName                      | 'x'       | eq in                  | ne not null                                    | no       | no
createdDateTime                 | 2026-01-31T08:00:00Z | eq ge le    | ne not null in                                 | advanced | no
deletedDateTime                 | 2026-01-31T08:00:00Z |             | eq ge le ne not null in                        | advanced | no
displayName                     | 'x'       | eq ge le in startsWith | ne not null                                    | usual    | yes
mail                            | 'x'       | eq ge le in startsWith | ne not null endsWith                           | advanced | yes
mailNickname                    | 'x'       | eq ge le in startsWith | ne not null                                    | advanced | yes
membershipRule                  | 'x'       | eq ge le in startsWith | ne not null                                    | no       | yes
description                     | 'x'       |                        | eq ge le in startsWith ne not null             | no       | yes
onPremisesSamAccountName        | 'x'       |                        | eq ge le in startsWith ne not null             | no       | no
preferredLanguage               | 'x'       |                        | eq ge le in startsWith ne not null             | no       | no
groupTypes[]                    | 'Unified' | any eq ge le in startsWith | ne not count                               | no       | no
proxyAddresses[]                | 'x'       | any eq ge le in startsWith | ne not count endsWith                      | no       | no
assignedLicenses[]/skuId        | ${guid}   | any eq in              | not count                                      | no       | no
hasMembersWithLicenseErrors     | true      | eq                     | not                                            | no       | no
`;

export const groupsUnindexed =
  `accessType allowExternalSenders assignedLabels autoSubscribeNewMembers classification expirationDateTime
  hideFromAddressLists hideFromOutlookClients infoCatalogs isArchived isAssignableToRole isFavorite isManagementRestricted
  isSubscribedByMail licenseProcessingState onPremisesDomainName onPremisesExtensionAttributes onPremisesLastSyncDateTime
  onPremisesNetBiosName onPremisesProvisioningErrors onPremisesSecurityIdentifier onPremisesSyncEnabled organizationId
  preferredDataLocation renewedDateTime resourceBehaviorOptions resourceProvisioningOptions securityIdentifier
  serviceProvisioningErrors theme unseenConversationsCount unseenCount unseenMessagesCount welcomeMessageEnabled`.split(
    /\s+/,
  );

const read = (table: string): readonly Row[] =>
  table
    .trim()
    .split('\n')
    .map((line) => {
      const [property = '', sample = '', usual = '', advanced = '', order, search] = line
        .split('|')
        .map((cell) => cell.trim());
      const orders = order === 'usual' || order === 'advanced' ? order : 'no';
      return {
        property,
        sample,
        usual: words(usual),
        advanced: words(advanced),
        order: orders,
        search: search === 'yes',
      };
    });

const words = (cell: string): readonly string[] => cell.split(/\s+/).filter((word) => word !== '');

export const matrix: Readonly<Record<'users' | 'groups', readonly Row[]>> = {
  users: read(users),
  groups: read(groups),
};
