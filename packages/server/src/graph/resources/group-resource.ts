import {
  type Group,
  groupBetaProperties,
  groupProperties,
  type MembershipRuleProcessingStatus,
  type ResourceProperty,
} from '@allot/contract';
import type { DirectoryRow } from '../../operations/directory/list-request.ts';
import type { GroupLicensingView } from '../../operations/licensing/read-group-licensing.ts';
import type { RuleProgress } from '../../operations/rules/read-rule-progress.ts';
import type { RouteRequest } from '../../http/index.ts';
import { versionOf } from '../query/links.ts';
import { selectable, type Selection } from '../query/select.ts';
import { propertyValue } from './property-value.ts';

export const groupType = selectable('microsoft.graph.group', groupProperties);
const betaType = selectable('microsoft.graph.group', [...groupProperties, ...groupBetaProperties]);

/** What can be selected of a group in the version that was asked. */
export const groupTypeOf = (request: RouteRequest) => (versionOf(request) === 'beta' ? betaType : groupType);

/** A group as Graph answers it: the selected properties, in the order of Graph's type. */
export function groupResource(
  row: DirectoryRow,
  selection: Selection,
  licensing: GroupLicensingView | undefined,
  ruleProgress: RuleProgress | undefined,
): Group {
  const resource: Record<string, unknown> = {};
  for (const property of selection.properties)
    resource[property.name] = valueOf(row, property, licensing, ruleProgress);
  return resource;
}

function valueOf(
  row: DirectoryRow,
  property: ResourceProperty,
  licensing: GroupLicensingView | undefined,
  ruleProgress: RuleProgress | undefined,
): unknown {
  if (property.name === 'membershipRuleProcessingStatus') return ruleStatus(ruleProgress);
  if (property.name === 'assignedLicenses') return licensing?.assignedLicenses ?? [];
  if (property.name === 'licenseProcessingState') return licensing?.licenseProcessingState ?? null;
  return propertyValue(row, property);
}

const ruleStatus = (progress: RuleProgress | undefined): MembershipRuleProcessingStatus | null =>
  progress === undefined
    ? null
    : {
        status: progress.status,
        lastMembershipUpdated: progress.membersChangedAt?.toISOString() ?? null,
        errorMessage: progress.errorMessage,
      };
