import { invalidValue } from './property-errors.ts';
import type { WritableProperties } from './read-values.ts';
import { choice, flag, mailNickname, notKept, requiredText, text, texts, type ValueReader } from './value-readers.ts';

/** Groups by rule need a rule that is followed, which this version does not do: refused rather than kept unfollowed. */
const groupTypes: ValueReader = (value, property) => {
  const types = new Set(texts(2, 64)(value, property) as readonly string[]); // what `texts` returns
  if (types.has('DynamicMembership'))
    throw invalidValue(property, 'Dynamic membership is not available; add members yourself.');
  for (const type of types) if (type !== 'Unified') throw invalidValue(property, "Send [] or ['Unified'].");
  return [...types];
};

const notKeptNames = [
  'allowExternalSenders',
  'assignedLabels',
  'autoSubscribeNewMembers',
  'classification',
  'expirationDateTime',
  'hideFromAddressLists',
  'hideFromOutlookClients',
  'isAssignableToRole',
  'membershipRule',
  'membershipRuleProcessingState',
  'preferredDataLocation',
  'preferredLanguage',
  'resourceBehaviorOptions',
  'resourceProvisioningOptions',
  'theme',
  'uniqueName',
];

/** What a caller can say of a group, with Graph's limits. */
export const writableGroup: WritableProperties = {
  resource: 'Group',
  readers: {
    description: text(1024),
    displayName: requiredText(256),
    groupTypes,
    mailEnabled: flag,
    mailNickname: mailNickname(/[@()\\[\]";:.<>, ]/),
    securityEnabled: flag,
    visibility: choice('Private', 'Public', 'HiddenMembership'),
    ...Object.fromEntries(notKeptNames.map((name) => [name, notKept])),
  },
  required: ['displayName', 'mailEnabled', 'mailNickname', 'securityEnabled'],
  readOnly: [
    'id',
    'assignedLicenses',
    'createdDateTime',
    'deletedDateTime',
    'hasMembersWithLicenseErrors',
    'licenseProcessingState',
    'mail',
    'onPremisesDomainName',
    'onPremisesLastSyncDateTime',
    'onPremisesNetBiosName',
    'onPremisesProvisioningErrors',
    'onPremisesSamAccountName',
    'onPremisesSecurityIdentifier',
    'onPremisesSyncEnabled',
    'organizationId',
    'proxyAddresses',
    'renewedDateTime',
    'securityIdentifier',
    'serviceProvisioningErrors',
  ],
};
