import type { ImportedUser } from '../imported-user.ts';

/** None of the fifteen extension attributes. */
export const noAttributes = Array.from({ length: 15 }, () => null);

/** A user of whom the file says no more than a name. */
export const plainUser = (userPrincipalName: string, displayName: string): ImportedUser => ({
  userPrincipalName,
  displayName,
  mailNickname: userPrincipalName.split('@', 1)[0] ?? '',
  accountEnabled: true,
  userType: 'Member',
  id: null,
  createdDateTime: null,
  mail: null,
  proxyAddresses: [],
  otherMails: [],
  usageLocation: null,
  givenName: null,
  surname: null,
  jobTitle: null,
  department: null,
  companyName: null,
  employeeId: null,
  employeeType: null,
  officeLocation: null,
  businessPhones: [],
  mobilePhone: null,
  faxNumber: null,
  streetAddress: null,
  city: null,
  state: null,
  postalCode: null,
  country: null,
  preferredLanguage: null,
  onPremisesDistinguishedName: null,
  onPremisesSecurityIdentifier: null,
  onPremisesSyncEnabled: null,
  sipProxyAddress: null,
  employeeHireDate: null,
  extensionAttributes: noAttributes,
});
