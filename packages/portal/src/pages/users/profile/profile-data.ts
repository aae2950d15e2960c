import type { Collection, DirectoryExtension } from '@allot/contract';
import { useRead } from '../../../api/use-api.ts';

/** Names of properties of a user that hold one text. */
export type TextName =
  | 'displayName'
  | 'givenName'
  | 'surname'
  | 'userPrincipalName'
  | 'mailNickname'
  | 'jobTitle'
  | 'department'
  | 'companyName'
  | 'employeeId'
  | 'employeeType'
  | 'officeLocation'
  | 'streetAddress'
  | 'postalCode'
  | 'city'
  | 'state'
  | 'country'
  | 'mobilePhone'
  | 'faxNumber'
  | 'preferredLanguage'
  | 'passwordPolicies';

/** What the form of the profile shows of a user. */
export type Profile = Readonly<Record<TextName, string | null>> & {
  readonly id: string;
  readonly usageLocation: string | null;
  readonly accountEnabled: boolean;
  readonly userType: string | null;
  /** ISO 8601 */
  readonly employeeHireDate: string | null;
  readonly businessPhones: readonly string[];
  readonly otherMails: readonly string[];
  readonly onPremisesExtensionAttributes: Readonly<Record<string, string | null>> | null;
  readonly directoryExtensions: readonly DirectoryExtension[];
};

/** Each with the most characters that it may have, as the server has it. */
export const textLengthMax: Readonly<Record<TextName, number>> = {
  displayName: 256,
  givenName: 64,
  surname: 64,
  userPrincipalName: 113,
  mailNickname: 64,
  jobTitle: 128,
  department: 64,
  companyName: 64,
  employeeId: 16,
  employeeType: 64,
  officeLocation: 128,
  streetAddress: 1024,
  postalCode: 40,
  city: 128,
  state: 128,
  country: 128,
  mobilePhone: 64,
  faxNumber: 64,
  preferredLanguage: 64,
  passwordPolicies: 256,
};

/** Of one number, and of one extension attribute, in characters. */
export const phoneLengthMax = 64;
export const extensionLengthMax = 1024;
export const directoryExtensionLengthMax = 256;

export const extensionNames = Array.from({ length: 15 }, (_, at) => `extensionAttribute${at + 1}`);

const properties = [
  'id',
  ...Object.keys(textLengthMax),
  'usageLocation',
  'accountEnabled',
  'userType',
  'employeeHireDate',
  'businessPhones',
  'otherMails',
  'onPremisesExtensionAttributes',
];

export function useProfile(userId: string) {
  const user = useRead<Omit<Profile, 'directoryExtensions'>>(`/v1.0/users/${userId}?$select=${properties.join(',')}`);
  const extensions = useRead<Collection<DirectoryExtension>>(`/allot/v1/users/${userId}/extensions`);
  const data: Profile | undefined = user.data &&
    extensions.data && { ...user.data, directoryExtensions: extensions.data.value };
  return {
    data,
    error: user.error ?? extensions.error,
    refetch: () => Promise.all([user.refetch(), extensions.refetch()]),
  };
}
