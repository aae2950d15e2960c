import { invalidValue } from './property-errors.ts';
import { objectOf, type WritableProperties } from './read-values.ts';
import {
  choice,
  country,
  dateTime,
  flag,
  mailAddress,
  mailNickname,
  notKept,
  passwordProfile,
  requiredText,
  text,
  texts,
  userPrincipalName,
} from './value-readers.ts';

const kept = {
  accountEnabled: flag,
  businessPhones: texts(20, 64),
  city: text(128),
  companyName: text(64),
  country: text(128),
  department: text(64),
  displayName: requiredText(256),
  employeeHireDate: dateTime,
  employeeId: text(16),
  employeeType: text(64),
  faxNumber: text(64),
  givenName: text(64),
  jobTitle: text(128),
  mail: mailAddress,
  mailNickname: mailNickname(/[@()\\[\]";:<>, ]/),
  mobilePhone: text(64),
  officeLocation: text(128),
  onPremisesExtensionAttributes: readExtensionAttributes,
  otherMails: texts(250, 250),
  passwordPolicies: text(256),
  postalCode: text(40),
  preferredLanguage: text(64),
  state: text(128),
  streetAddress: text(1024),
  surname: text(64),
  usageLocation: country,
  userPrincipalName,
  userType: choice('Member', 'Guest'),
} as const;

const notKeptNames = [
  'ageGroup',
  'consentProvidedForMinor',
  'creationType',
  'customSecurityAttributes',
  'employeeLeaveDateTime',
  'employeeOrgData',
  'externalUserState',
  'externalUserStateChangeDateTime',
  'identities',
  'isResourceAccount',
  'legalAgeGroupClassification',
  'onPremisesImmutableId',
  'preferredDataLocation',
  'showInAddressList',
];

/** What a caller can say of a user, with Graph's limits. */
export const writableUser: WritableProperties = {
  resource: 'User',
  readers: { ...kept, passwordProfile, ...Object.fromEntries(notKeptNames.map((name) => [name, notKept])) },
  required: ['accountEnabled', 'displayName', 'mailNickname', 'userPrincipalName', 'passwordProfile'],
  readOnly: [
    'id',
    'assignedLicenses',
    'assignedPlans',
    'createdDateTime',
    'deletedDateTime',
    'imAddresses',
    'lastPasswordChangeDateTime',
    'licenseAssignmentStates',
    'onPremisesDistinguishedName',
    'onPremisesDomainName',
    'onPremisesLastSyncDateTime',
    'onPremisesProvisioningErrors',
    'onPremisesSamAccountName',
    'onPremisesSecurityIdentifier',
    'onPremisesSyncEnabled',
    'onPremisesUserPrincipalName',
    'provisionedPlans',
    'proxyAddresses',
    'securityIdentifier',
    'serviceProvisioningErrors',
    'signInActivity',
    'signInSessionsValidFromDateTime',
  ],
};

const extensionName = /^extensionAttribute([1-9]|1[0-5])$/i;
const extensionText = text(1024);

/** `{ extensionAttribute3: 'x' }` as a map from 3 to 'x': those that are not named keep their values. */
function readExtensionAttributes(value: unknown, property: string): ReadonlyMap<number, unknown> {
  const read = new Map<number, unknown>();
  if (value === null) return new Map(Array.from({ length: 15 }, (_, at) => [at + 1, null]));
  if (typeof value !== 'object') throw invalidValue(property, 'Send an object with extensionAttribute1 … 15.');
  for (const [key, one] of Object.entries(objectOf(value))) {
    const number = extensionName.exec(key)?.[1];
    if (number === undefined)
      throw invalidValue(property, `There is no '${key.slice(0, 80)}': send extensionAttribute1 … 15.`);
    read.set(Number(number), extensionText(one, `${property}/${key}`));
  }
  return read;
}
