import { isDirectoryExtension } from '../../operations/directory/directory-extensions.ts';
import type { RouteRequest } from '../../http/index.ts';
import type { Context } from '../../operations/context.ts';
import type { Member } from '../../operations/directory/list-members.ts';
import type { DirectoryRow, UserRow } from '../../operations/directory/list-request.ts';
import { readGroupLicensing } from '../../operations/licensing/read-group-licensing.ts';
import { readUserLicensing } from '../../operations/licensing/read-user-licensing.ts';
import { readRuleProgress } from '../../operations/rules/read-rule-progress.ts';
import { typeOf } from '../query/links.ts';
import { selectable, type Selection } from '../query/select.ts';
import { groupResource, groupType } from './group-resource.ts';
import { userResource, userType } from './user-resource.ts';

/** Members are users and groups: what either has can be selected. */
export const memberType = selectable('microsoft.graph.directoryObject', [
  ...userType.all.filter(({ name }) => name !== 'id'),
  ...groupType.all.filter(({ name }) => !userType.byName.has(name.toLowerCase())),
  ...userType.all.filter(({ name }) => name === 'id'),
]);

/** Users with the selected properties; licensing is read only if some of them are about it. */
export async function userResources(ctx: Context, rows: readonly UserRow[], selection: Selection) {
  const licensing =
    selection.licensing && rows.length > 0
      ? await readUserLicensing(
          ctx,
          rows.map(({ userNo }) => userNo),
          selection.names,
        )
      : undefined;
  return rows.map((row) => userResource(row, selection, licensing?.get(row.userNo)));
}

/** Groups with the selected properties; licensing is read only if some of them are about it. */
export async function groupResources(ctx: Context, rows: readonly DirectoryRow[], selection: Selection) {
  const licensing =
    selection.licensing && rows.length > 0
      ? await readGroupLicensing(
          ctx,
          rows.map(({ id }) => id),
        )
      : undefined;
  const rules = selection.names.includes('membershipRuleProcessingStatus')
    ? await readRuleProgress(
        ctx,
        rows.map(({ id }) => id),
      )
    : undefined;
  return rows.map((row) => groupResource(row, selection, licensing?.get(row.id), rules?.get(row.id)));
}

/** What must be read of members: without `$select` each kind shows its own default properties. */
export const memberProperties = (selection: Selection): readonly string[] =>
  selection.clause === '' ? bothDefaults : selection.names;

const bothDefaults = [...new Set([...userType.standard.names, ...groupType.standard.names])];

/** Users and groups, each with what was selected, or with its own default properties. */
export async function memberResources(request: RouteRequest, members: readonly Member[], selection: Selection) {
  const chosen = selection.clause !== '';
  const pick = (type: typeof userType): Selection => {
    const properties = selection.properties.filter(
      ({ name }) => type.byName.has(name.toLowerCase()) || (type === userType && isDirectoryExtension(name)),
    );
    return chosen ? { ...selection, properties } : type.standard;
  };
  const userRows = members.flatMap((member) => (member.kind === 'user' ? [member.row] : []));
  const groupRows: readonly DirectoryRow[] = members.flatMap((member) => (member.kind === 'group' ? [member.row] : []));
  const users = await userResources(request.ctx, userRows, pick(userType));
  const groups = await groupResources(request.ctx, groupRows, pick(groupType));
  return [
    ...users.map((user) => ({ ...typeOf(request, 'user'), ...user })),
    ...groups.map((group) => ({ ...typeOf(request, 'group'), ...group })),
  ];
}
