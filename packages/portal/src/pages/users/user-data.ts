import type { AssignedLicense, LicenseAssignmentState } from '@allot/contract';

/** What the page of a user shows of the user itself. */
export interface UserData {
  readonly id: string;
  readonly displayName: string;
  readonly userPrincipalName: string;
  readonly mail: string | null;
  readonly usageLocation: string | null;
  readonly accountEnabled: boolean;
  readonly department: string | null;
  readonly jobTitle: string | null;
  readonly assignedLicenses: readonly AssignedLicense[];
  readonly licenseAssignmentStates: readonly LicenseAssignmentState[];
}

const properties = [
  'id',
  'displayName',
  'userPrincipalName',
  'mail',
  'usageLocation',
  'accountEnabled',
  'department',
  'jobTitle',
  'assignedLicenses',
  'licenseAssignmentStates',
];

export const userPath = (userId: string): string => `/v1.0/users/${userId}?$select=${properties.join(',')}`;
