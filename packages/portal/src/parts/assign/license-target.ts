import type { AssignLicenseBody } from '@allot/contract';

/** Whose licenses are changed: those of a group, or of some users directly. Ids are UUIDs. */
export type LicenseTarget =
  | { readonly kind: 'group'; readonly groupId: string }
  | { readonly kind: 'users'; readonly userIds: readonly string[] };

/** What `assignLicense` is sent. */
export type LicenseChange = AssignLicenseBody;

export const isNothing = ({ addLicenses, removeLicenses }: LicenseChange): boolean =>
  addLicenses.length + removeLicenses.length === 0;

/** Users of whom one preview tells; the server takes no more. */
export const previewedUsersMax = 100;
