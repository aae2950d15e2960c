import type { AssignedPlan, LicenseAssignmentState, SubscribedSku } from '@allot/contract';
import { errorOf } from '../../assignment-errors.ts';
import { write } from '../../io.ts';
import type { Io } from '../../io.ts';
import { openSession } from '../../leaf-command.ts';
import type { CommonOptions } from '../../leaf-command.ts';
import { GroupNames } from '../../names/group-names.ts';
import { planNames } from '../../names/plans.ts';
import { loadProducts } from '../../names/products.ts';
import { orUnknownUser, userPath } from '../../names/users.ts';
import type { Column } from '../../output/column.ts';
import { minuteOf, printable } from '../../output/printable.ts';
import { asObjects, printJson, printRows } from '../../output/rows.ts';

interface ShownUser {
  readonly id: string;
  readonly displayName: string | null;
  readonly userPrincipalName: string;
  readonly accountEnabled: boolean | null;
  readonly usageLocation: string | null;
  readonly mail: string | null;
  readonly licenseAssignmentStates: readonly LicenseAssignmentState[];
  readonly assignedPlans: readonly AssignedPlan[];
}

interface LicenseRow {
  readonly state: LicenseAssignmentState;
  readonly product: SubscribedSku | undefined;
  readonly groupName: string | null;
}

const fields =
  'id,displayName,userPrincipalName,accountEnabled,usageLocation,mail,licenseAssignmentStates,assignedPlans';

export async function showUser(name: string, options: CommonOptions, io: Io): Promise<void> {
  const { client, format } = await openSession(options, io);
  const asked = client.get<ShownUser>(`${userPath(name)}?$select=${fields}`);
  const [user, products] = await Promise.all([orUnknownUser(client, name, asked), loadProducts(client)]);
  const groups = new GroupNames(client);
  await groups.load(user.licenseAssignmentStates.flatMap(({ assignedByGroup }) => assignedByGroup ?? []));
  const rows = user.licenseAssignmentStates.map((state) => ({
    state,
    product: products.find(({ skuId }) => skuId === state.skuId),
    groupName: state.assignedByGroup === null ? null : groups.of(state.assignedByGroup),
  }));
  if (format === 'json') {
    const { licenseAssignmentStates: _, ...rest } = user;
    return printJson({ ...rest, licenses: asObjects(licenseColumns, rows) }, io);
  }
  if (format === 'table') await write(io.out, heading(user));
  return printRows(licenseColumns, rows, format, io, 'No licenses.');
}

function heading(user: ShownUser): string {
  const count = (status: string) =>
    user.assignedPlans.filter(({ capabilityStatus }) => capabilityStatus === status).length;
  const suspended = count('Suspended');
  const lines = [
    `${user.displayName ?? ''}  ${user.userPrincipalName}`.trim(),
    `id              ${user.id}`,
    `account         ${user.accountEnabled === false ? 'disabled' : 'enabled'}`,
    `usage location  ${user.usageLocation ?? 'not set'}`,
    ...(user.mail === null ? [] : [`mail            ${user.mail}`]),
    `service plans   ${count('Enabled')} on${suspended > 0 ? `, ${suspended} suspended` : ''}`,
  ];
  return `${lines.map(printable).join('\n')}\n\n`;
}

const licenseColumns: readonly Column<LicenseRow>[] = [
  { key: 'skuPartNumber', heading: 'Product', value: ({ state, product }) => product?.skuPartNumber ?? state.skuId },
  { key: 'skuId', value: ({ state }) => state.skuId },
  { key: 'assignedByGroup', value: ({ state }) => state.assignedByGroup },
  {
    key: 'assignedFrom',
    heading: 'From',
    value: ({ groupName }) => groupName,
    text: ({ groupName }) => (groupName === null ? 'direct' : `group ${groupName}`),
  },
  { key: 'state', heading: 'State', value: ({ state }) => state.state },
  { key: 'error', heading: 'Error', value: ({ state }) => errorOf(state) },
  {
    key: 'lastUpdatedDateTime',
    heading: 'Since (UTC)',
    value: ({ state }) => state.lastUpdatedDateTime,
    text: ({ state }) => minuteOf(state.lastUpdatedDateTime ?? ''),
  },
  {
    key: 'disabledPlans',
    heading: 'Switched off',
    value: ({ state, product }) => planNames(product, state.disabledPlans),
    wraps: true,
  },
];
