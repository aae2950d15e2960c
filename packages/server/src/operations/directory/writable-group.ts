import { ruleLengthMax } from '@allot/engine';
import { invalidValue } from './property-errors.ts';
import type { WritableProperties } from './read-values.ts';
import { choice, flag, mailNickname, notKept, requiredText, text, texts, type ValueReader } from './value-readers.ts';

const knownTypes = ['Unified', 'DynamicMembership'];

const groupTypes: ValueReader = (value, property) => {
  const types = new Set(texts(2, 64)(value, property) as readonly string[]); // what `texts` returns
  for (const type of types)
    if (!knownTypes.includes(type)) throw invalidValue(property, `Send any of '${knownTypes.join("', '")}', or [].`);
  return knownTypes.filter((type) => types.has(type));
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
  'preferredDataLocation',
  'preferredLanguage',
  'resourceBehaviorOptions',
  'resourceProvisioningOptions',
  'theme',
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
    membershipRule: text(ruleLengthMax),
    membershipRuleProcessingState: choice('On', 'Paused'),
    securityEnabled: flag,
    uniqueName: text(256),
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
