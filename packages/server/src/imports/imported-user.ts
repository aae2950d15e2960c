/**
 * A user as a file describes it, in Graph's words; null or empty where the file says nothing.
 *
 * `id` and `createdDateTime` (ISO 8601, UTC) come from an export of an existing tenant, so that a user keeps its id
 * and its place in the line for seats (L-14). `proxyAddresses` include `mail`. `extensionAttributes` are the fifteen of
 * `onPremisesExtensionAttributes`, first to last.
 */
export type ImportedUser = {
  readonly userPrincipalName: string;
  readonly displayName: string;
  readonly mailNickname: string;
  readonly accountEnabled: boolean;
  readonly userType: 'Member' | 'Guest';
  readonly id: string | null;
  readonly createdDateTime: string | null;
  readonly mail: string | null;
  readonly proxyAddresses: readonly string[];
  readonly otherMails: readonly string[];
  readonly usageLocation: string | null;
  readonly givenName: string | null;
  readonly surname: string | null;
  readonly jobTitle: string | null;
  readonly department: string | null;
  readonly companyName: string | null;
  readonly employeeId: string | null;
  readonly employeeType: string | null;
  readonly officeLocation: string | null;
  readonly businessPhones: readonly string[];
  readonly mobilePhone: string | null;
  readonly faxNumber: string | null;
  readonly streetAddress: string | null;
  readonly city: string | null;
  readonly state: string | null;
  readonly postalCode: string | null;
  readonly country: string | null;
  readonly preferredLanguage: string | null;
  readonly onPremisesDistinguishedName: string | null;
  readonly onPremisesSecurityIdentifier: string | null;
  readonly onPremisesSyncEnabled: boolean | null;
  readonly sipProxyAddress: string | null;
  readonly employeeHireDate: string | null;
  readonly extensionAttributes: readonly (string | null)[];
};
