import type { Command } from 'commander';
import type { Client, Collection, RoleAssignment, RoleDefinition } from '@allot/contract';
import { Failure } from '../failure.ts';
import { write } from '../io.ts';
import type { Io } from '../io.ts';
import { askingCommand, openSession } from '../leaf-command.ts';
import type { CommonOptions, Session } from '../leaf-command.ts';
import { didYouMean } from '../names/closest-names.ts';
import { GroupNames } from '../names/group-names.ts';
import { findGroup } from '../names/groups.ts';
import { isSame } from '../names/names-and-ids.ts';
import { findPerson, type Person, PersonNames } from '../names/people.ts';
import type { Column } from '../output/column.ts';
import { printable } from '../output/printable.ts';
import { printRows } from '../output/rows.ts';

interface ListOptions extends CommonOptions {
  readonly available?: boolean;
  readonly person?: string;
}

interface AssignOptions extends CommonOptions {
  readonly group?: string;
}

export function roleCommands(program: Command, io: Io): void {
  const role = program
    .command('role')
    .summary('what people may do')
    .description('What people may do: everywhere, or for chosen groups. It counts from their next request on.');
  const [whichRole, whichPerson] = ['name of a role, or its id', 'user principal name, sign-in name or id'];

  askingCommand(role, 'list', {
    summary: 'list who has which role',
    examples: ['role list', 'role list --person adele@contoso.example', 'role list --available'],
  })
    .option('--available', 'which roles there are')
    .option('--person <person>', 'only the roles of one person')
    .action((options: ListOptions) => (options.available === true ? listRoles(options, io) : listHeld(options, io)));

  askingCommand(role, 'assign', {
    summary: 'give a person a role',
    more: 'Somebody without an account (allot account create) may have roles, and signs in when there is one.',
    examples: [
      "role assign 'License Administrator' adele@contoso.example",
      "role assign 'Groups Administrator' adele@contoso.example --group 'Sales Europe'",
    ],
  })
    .argument('<role>', whichRole)
    .argument('<person>', whichPerson)
    .option('--group <group>', 'only for this group: display name or id')
    .action((roleName: string, person: string, options: AssignOptions) => assignRole(roleName, person, options, io));

  askingCommand(role, 'remove', {
    summary: 'take a role from a person',
    more: 'Without --group it is the role that the person has everywhere. The last Global Administrator stays.',
    examples: ["role remove 'License Administrator' adele@contoso.example"],
  })
    .argument('<role>', whichRole)
    .argument('<person>', whichPerson)
    .option('--group <group>', 'the role that the person has for this group: display name or id')
    .action((roleName: string, person: string, options: AssignOptions) => removeRole(roleName, person, options, io));
}

const assignmentsPath = '/v1.0/roleManagement/directory/roleAssignments';

const loadRoles = async (client: Client): Promise<readonly RoleDefinition[]> =>
  (await client.get<Collection<RoleDefinition>>('/v1.0/roleManagement/directory/roleDefinitions')).value;

async function listRoles(options: ListOptions, io: Io): Promise<void> {
  const { client, format } = await openSession(options, io);
  await printRows(roleColumns, await loadRoles(client), format, io, 'There are no roles.');
}

async function listHeld(options: ListOptions, io: Io): Promise<void> {
  const { client, format } = await openSession(options, io);
  const person = options.person === undefined ? undefined : await findPerson(client, options.person);
  const filter = person === undefined ? '' : `?$filter=${encodeURIComponent(`principalId eq '${person.id}'`)}`;
  const [{ value: held }, roles] = [
    await client.get<Collection<RoleAssignment>>(`${assignmentsPath}${filter}`),
    await loadRoles(client),
  ];
  const [people, groups] = [new PersonNames(client), new GroupNames(client)];
  await people.load(held.map(({ principalId }) => principalId));
  // Somebody who may not read groups sees their ids.
  await groups.load(held.flatMap((one) => groupIdOf(one) ?? [])).catch(() => undefined);
  const rows = held.map((one) => {
    const groupId = groupIdOf(one);
    return {
      ...one,
      groupId,
      person: people.of(one.principalId),
      role: roles.find(({ id }) => id === one.roleDefinitionId)?.displayName ?? one.roleDefinitionId,
      group: groupId === null ? 'everywhere' : groups.of(groupId),
    };
  });
  await printRows(heldColumns, rows, format, io, 'No roles.');
}

const groupIdOf = ({ directoryScopeId }: RoleAssignment): string | null =>
  directoryScopeId === '/' ? null : directoryScopeId.slice(1);

/** What a role is given or taken by, with the names that it is told with. */
interface Wanted {
  readonly role: RoleDefinition;
  readonly person: Person;
  readonly scope: string;
  readonly where: string;
}

async function readWanted(client: Client, roleName: string, person: string, group?: string): Promise<Wanted> {
  const role = findRole(await loadRoles(client), roleName);
  const found = await findPerson(client, person);
  const only = group === undefined ? undefined : await findGroup(client, group);
  return {
    role,
    person: found,
    scope: `/${only?.id ?? ''}`,
    where: only === undefined ? 'everywhere' : `for ${printable(only.displayName)}`,
  };
}

function findRole(roles: readonly RoleDefinition[], name: string): RoleDefinition {
  const found = roles.find(({ id, displayName }) => isSame(id, name) || isSame(displayName, name));
  if (found !== undefined) return found;
  const meant = didYouMean(
    name,
    roles.map(({ displayName }) => displayName),
  );
  throw new Failure(`There is no role '${name}'.`, `${meant} 'allot role list --available' shows them all.`.trim());
}

async function assignRole(roleName: string, name: string, options: AssignOptions, io: Io): Promise<void> {
  const session = await openSession(options, io);
  const wanted = await readWanted(session.client, roleName, name, options.group);
  await session.client.send('POST', assignmentsPath, {
    principalId: wanted.person.id,
    roleDefinitionId: wanted.role.id,
    directoryScopeId: wanted.scope,
  });
  await tellRole(session, wanted, `is ${wanted.role.displayName} ${wanted.where}`);
}

async function removeRole(roleName: string, name: string, options: AssignOptions, io: Io): Promise<void> {
  const session = await openSession(options, io);
  const { client } = session;
  const wanted = await readWanted(client, roleName, name, options.group);
  const { role, person, scope, where } = wanted;
  const filter = encodeURIComponent(`principalId eq '${person.id}' and roleDefinitionId eq '${role.id}'`);
  const { value: held } = await client.get<Collection<RoleAssignment>>(`${assignmentsPath}?$filter=${filter}`);
  const found = held.find(({ directoryScopeId }) => directoryScopeId === scope);
  if (found === undefined) {
    throw new Failure(
      `${printable(person.name)} is not ${role.displayName} ${where}.`,
      `'allot role list --person ${printable(person.name)}' shows the roles; --group names the group that one is for.`,
    );
  }
  await client.send('DELETE', `${assignmentsPath}/${found.id}`);
  await tellRole(session, wanted, `is not ${role.displayName} ${where} any more`);
}

async function tellRole({ format, io }: Session, wanted: Wanted, text: string): Promise<void> {
  if (format !== 'table') return printRows(wantedColumns, [wanted], format, io, '');
  return write(io.out, `${printable(wanted.person.name)} ${text}\n`);
}

const wantedColumns: readonly Column<Wanted>[] = [
  { key: 'principalId', value: ({ person }) => person.id },
  { key: 'roleDefinitionId', value: ({ role }) => role.id },
  { key: 'directoryScopeId', value: ({ scope }) => scope },
];

const roleColumns: readonly Column<RoleDefinition>[] = [
  { key: 'displayName', heading: 'Role', value: ({ displayName }) => displayName, whole: true },
  { key: 'id', value: ({ id }) => id },
  { key: 'description', heading: 'What it may do', value: ({ description }) => description, wraps: true },
];

interface HeldRow extends RoleAssignment {
  readonly person: string;
  readonly role: string;
  readonly group: string;
  readonly groupId: string | null;
}

const heldColumns: readonly Column<HeldRow>[] = [
  { key: 'person', heading: 'Person', value: ({ person }) => person, whole: true },
  { key: 'role', heading: 'Role', value: ({ role }) => role },
  { key: 'group', heading: 'For', value: ({ group }) => group },
  { key: 'id', value: ({ id }) => id },
  { key: 'principalId', value: ({ principalId }) => principalId },
  { key: 'roleDefinitionId', value: ({ roleDefinitionId }) => roleDefinitionId },
  { key: 'groupId', value: ({ groupId }) => groupId },
];
