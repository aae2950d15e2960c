import { type ResourceProperty, type User, userProperties } from '@allot/contract';
import { isDirectoryExtension } from '../../operations/directory/directory-extensions.ts';
import type { UserRow } from '../../operations/directory/list-request.ts';
import type { UserLicensing } from '../../operations/licensing/read-user-licensing.ts';
import { selectable, type Selection, selectNames } from '../query/select.ts';
import { propertyValue } from './property-value.ts';

export const userType = selectable('microsoft.graph.user', userProperties);

/** What `assignLicense` and `reprocessLicenseAssignment` answer: the user with what they may have changed. */
export const licensedUser: Selection = selectNames(userType, [
  ...userType.standard.names,
  'accountEnabled',
  'assignedLicenses',
  'assignedPlans',
  'usageLocation',
]);

/** A user as Graph answers it: the selected properties, in the order of Graph's type. */
export function userResource(row: UserRow, selection: Selection, licensing: UserLicensing | undefined): User {
  const resource: Record<string, unknown> = {};
  for (const property of selection.properties) resource[property.name] = valueOf(row, property, licensing);
  return resource;
}

function valueOf(row: UserRow, property: ResourceProperty, licensing: UserLicensing | undefined): unknown {
  switch (property.name) {
    case 'assignedLicenses':
      return licensing?.assignedLicenses ?? [];
    case 'assignedPlans':
      return licensing?.assignedPlans ?? [];
    case 'licenseAssignmentStates':
      return licensing?.licenseAssignmentStates ?? [];
    case 'provisionedPlans':
      return licensing?.provisionedPlans ?? [];
    case 'imAddresses':
      return typeof row['imAddresses'] === 'string' ? [row['imAddresses']] : [];
    default:
      return isDirectoryExtension(property.name) ? extensionOf(row, property.name) : propertyValue(row, property);
  }
}

/** The value of a directory extension: names compare without case. */
function extensionOf({ extensions }: UserRow, name: string): unknown {
  if (typeof extensions !== 'object' || extensions === null) return null;
  return Object.entries(extensions).find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1] ?? null;
}
