import { Query, type RouteRequest } from '../http/index.ts';
import type { DirectoryRow, UserRow } from '../operations/directory/list-request.ts';
import { listGroupMemberOf, listMemberOf, listMembers } from '../operations/directory/list-members.ts';
import { listTransitiveMemberOf, listTransitiveMembers } from '../operations/directory/list-nested.ts';
import { findManager, listDirectReports } from '../operations/directory/reporting-line.ts';
import { readMemberOf, readMembers, readUsers } from './permissions.ts';
import { type Expansion, readExpand, readLevels } from './query/expand.ts';
import { typeOf } from './query/links.ts';
import { readSelect, type Selection } from './query/select.ts';
import { groupType } from './resources/group-resource.ts';
import {
  groupResources,
  memberProperties,
  memberResources,
  memberType,
  userResources,
} from './resources/read-resources.ts';
import { userType } from './resources/user-resource.ts';

/** Objects that an expansion shows at most, as in Graph; all of them are asked for by the path of the property. */
const expandedMax = 20;
/** Managers above each other that `$levels=max` shows at most: reporting lines may end in a circle. */
const levelsMax = 100;

/** Adds to each object what `$expand` asks for. */
export type Expand<Row> = (rows: readonly Row[], resources: readonly object[]) => Promise<readonly object[]>;

/** What `$expand` asks of users. @throws ApiError 400, 403 */
export function expandUsers(request: RouteRequest): Expand<UserRow> {
  const expansions = readExpand(request.query, ['manager', 'directReports', 'memberOf', 'transitiveMemberOf']);
  for (const { name } of expansions)
    request.requirePermission(name === 'manager' || name === 'directReports' ? readUsers : readMemberOf);
  return addTo(expansions, async ({ id }, expansion) => {
    const { name } = expansion;
    if (name === 'manager') return managerOf(request, id, expansion, readLevels(expansion, levelsMax));
    if (name === 'directReports') {
      const selection = selectionOf(expansion, userType);
      const { rows } = await listDirectReports(request.ctx, id, asked(selection));
      return typed(request, 'user', await userResources(request.ctx, rows, selection));
    }
    const selection = selectionOf(expansion, groupType);
    const { rows } =
      name === 'memberOf'
        ? await listMemberOf(request.ctx, id, asked(selection))
        : await listTransitiveMemberOf(request.ctx, { kind: 'user', ref: id }, asked(selection));
    return typed(request, 'group', await groupResources(request.ctx, rows, selection));
  });
}

/** What `$expand` asks of groups. @throws ApiError 400, 403 */
export function expandGroups(request: RouteRequest): Expand<DirectoryRow> {
  const expansions = readExpand(request.query, ['members', 'transitiveMembers', 'memberOf', 'transitiveMemberOf']);
  for (const { name } of expansions)
    request.requirePermission(name === 'members' || name === 'transitiveMembers' ? readMembers : readMemberOf);
  return addTo(expansions, async ({ id }, expansion) => {
    const { name } = expansion;
    if (name === 'members' || name === 'transitiveMembers') {
      const selection = selectionOf(expansion, memberType);
      const list = name === 'members' ? listMembers : listTransitiveMembers;
      const { rows } = await list(request.ctx, id, 'all', asked(selection, memberProperties(selection)));
      return memberResources(request, rows, selection);
    }
    const selection = selectionOf(expansion, groupType);
    const { rows } =
      name === 'memberOf'
        ? await listGroupMemberOf(request.ctx, id, asked(selection))
        : await listTransitiveMemberOf(request.ctx, { kind: 'group', ref: id }, asked(selection));
    return typed(request, 'group', await groupResources(request.ctx, rows, selection));
  });
}

const addTo =
  <Row, Name extends string>(
    expansions: readonly Expansion<Name>[],
    read: (row: Row, expansion: Expansion<Name>) => Promise<object | undefined>,
  ): Expand<Row> =>
  async (rows, resources) => {
    if (!expansions.length) return resources;
    const expanded: object[] = [];
    for (const [at, row] of rows.entries()) {
      const added: Record<string, object> = {};
      for (const expansion of expansions) {
        const found = await read(row, expansion);
        if (found !== undefined) added[expansion.name] = found;
      }
      expanded.push({ ...resources[at], ...added });
    }
    return expanded;
  };

/** The manager, with the manager's manager inside, as many as were asked for; undefined: there is none. */
async function managerOf(
  request: RouteRequest,
  userId: string,
  expansion: Expansion<string>,
  levels: number,
): Promise<object | undefined> {
  if (levels === 0) return undefined;
  const selection = selectionOf(expansion, userType);
  const row = await findManager(request.ctx, userId, selection.names);
  if (row === undefined) return undefined;
  const [manager] = typed(request, 'user', await userResources(request.ctx, [row], selection));
  const above = await managerOf(request, row.id, expansion, levels - 1);
  return above === undefined ? manager : { ...manager, manager: above };
}

const selectionOf = ({ options }: Expansion<string>, type: Parameters<typeof readSelect>[1]): Selection =>
  readSelect(new Query(options), type, 'list');

const asked = ({ names }: Selection, properties = names) => ({
  properties,
  top: expandedMax,
  advanced: false,
  count: false,
});

const typed = (request: RouteRequest, kind: 'user' | 'group', resources: readonly object[]): readonly object[] =>
  resources.map((resource) => ({ ...typeOf(request, kind), ...resource }));
