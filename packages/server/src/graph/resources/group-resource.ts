import { type Group, groupProperties, type ResourceProperty } from '@allot/contract';
import type { DirectoryRow } from '../../operations/directory/list-request.ts';
import type { GroupLicensingView } from '../../operations/licensing/read-group-licensing.ts';
import { selectable, type Selection } from '../query/select.ts';
import { propertyValue } from './property-value.ts';

export const groupType = selectable('microsoft.graph.group', groupProperties);

/** A group as Graph answers it: the selected properties, in the order of Graph's type. */
export function groupResource(
  row: DirectoryRow,
  selection: Selection,
  licensing: GroupLicensingView | undefined,
): Group {
  const resource: Record<string, unknown> = {};
  for (const property of selection.properties) resource[property.name] = valueOf(row, property, licensing);
  return resource;
}

function valueOf(row: DirectoryRow, property: ResourceProperty, licensing: GroupLicensingView | undefined): unknown {
  if (property.name === 'assignedLicenses') return licensing?.assignedLicenses ?? [];
  if (property.name === 'licenseProcessingState') return licensing?.licenseProcessingState ?? null;
  return propertyValue(row, property);
}
