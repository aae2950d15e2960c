/** What a customer's program does with @pnp/graph, unmodified: members are added in a batch. */
import { ClientSecretCredential } from '@azure/identity';
import { DefaultHeaders, DefaultInit, graphDelete, graphGet, graphPost, GraphQueryable } from '@pnp/graph';
import { createBatch } from '@pnp/graph/batching.js';
import { Groups, GroupType } from '@pnp/graph/groups/index.js';
import { Members } from '@pnp/graph/members/index.js';
import { Users } from '@pnp/graph/users/index.js';
import { body, BrowserFetchWithRetry, DefaultParse, HttpRequestError, InjectHeaders } from '@pnp/queryable';
import { isLately, jobOf, poll, type Seen, type State } from './licensing-job.ts';

interface User {
  readonly id: string;
  readonly displayName: string;
  readonly assignedLicenses: Seen['assignedLicenses'];
  readonly licenseAssignmentStates: readonly (Omit<State, 'isUpdatedLately'> & {
    readonly lastUpdatedDateTime: string;
  })[];
}

interface Group {
  readonly id: string;
  readonly assignedLicenses: Seen['assignedToGroup'];
  readonly licenseProcessingState: { readonly state: string };
}

const { url, tenantId, clientId, clientSecret, skuId, disabledPlan, members } = jobOf(process.argv[2]);
const credential = new ClientSecretCredential(tenantId, clientId, clientSecret, {
  authorityHost: url,
  disableInstanceDiscovery: true,
});
const { token } = await credential.getToken(`${url}/.default`);
const graph = GraphQueryable('').using(
  DefaultInit(`${url}/v1.0`),
  DefaultHeaders(),
  BrowserFetchWithRetry(),
  DefaultParse(),
  InjectHeaders({ Authorization: `Bearer ${token}` }),
);

/** What the library has no word for is asked by its path. Lists come as arrays; the library answers `any`, `T` is what Graph documents. */
const asked = (path: string) => GraphQueryable(graph, path);
const get = async <T>(path: string) => (await graphGet(asked(path))) as T;
const post = async (path: string, sent: object) => (await graphPost(asked(path), body(sent))) as unknown;

const statesOf = async (userId: string): Promise<State[]> => {
  const user = await get<User>(`users/${userId}?$select=licenseAssignmentStates`);
  return user.licenseAssignmentStates.map(({ lastUpdatedDateTime, ...state }) => ({
    ...state,
    isUpdatedLately: isLately(lastUpdatedDateTime),
  }));
};

const [first, second] = members;
const skus =
  await get<readonly { skuPartNumber: string; consumedUnits: number; prepaidUnits: { enabled: number } }[]>(
    'subscribedSkus',
  );
const created = await Groups(graph).add('Licensed by pnp', 'pnp-graph', GroupType.Security);
const groupId = String(created.id);
const [inBatch, execute] = createBatch(graph);
const added = members.map((id) =>
  Members(Groups(graph).getById(groupId)).using(inBatch).add(`https://graph.microsoft.com/v1.0/directoryObjects/${id}`),
);
await execute();
await Promise.all(added);

await post(`groups/${groupId}/assignLicense`, {
  addLicenses: [{ skuId, disabledPlans: [disabledPlan] }],
  removeLicenses: [],
});
const licensed = await poll(
  () => get<Group>(`groups/${groupId}?$select=assignedLicenses,licenseProcessingState`),
  ({ licenseProcessingState: { state } }) => state === 'ProcessingComplete',
);
const states = await statesOf(first);
const { assignedLicenses } = await get<User>(`users/${first}?$select=assignedLicenses`);
const inError = await Groups(graph).filter('hasMembersWithLicenseErrors eq true')();
const membersInError = await get<readonly User[]>(`groups/${groupId}/membersWithLicenseErrors`);
await post(`users/${second}/reprocessLicenseAssignment`, {});
const afterReprocess = await statesOf(second);

let refusal = { status: 0, code: '', message: '' };
try {
  await post(`users/${first}/assignLicense`, { addLicenses: [], removeLicenses: [skuId] });
} catch (error) {
  if (!(error instanceof HttpRequestError)) throw error;
  const { error: told } = (await error.response.json()) as { error: { code: string; message: string } }; // Graph's body
  refusal = { status: error.status, ...told };
}

await graphDelete(asked(`groups/${groupId}/members/${first}/$ref`));
const afterSeatCameFree = await poll(
  () => statesOf(second),
  ([entry]) => entry?.state === 'Active',
);

const names: string[] = [];
let pages = 0;
for await (const page of Users(graph).select('displayName').top(2)) {
  names.push(...(page as readonly User[]).map(({ displayName }) => displayName)); // what GET /users answers
  pages += 1;
}

const seen: Seen = {
  skus: skus.map(({ skuPartNumber, consumedUnits, prepaidUnits: { enabled } }) => ({
    skuPartNumber,
    enabled,
    consumed: consumedUnits,
  })),
  groupId,
  processed: licensed.licenseProcessingState.state,
  assignedToGroup: licensed.assignedLicenses,
  states,
  assignedLicenses,
  groupsWithErrors: inError.map(({ id }) => String(id)),
  membersWithErrors: membersInError.map(({ id }) => id),
  afterReprocess,
  afterSeatCameFree,
  names,
  pages,
  refusal: { status: refusal.status, code: refusal.code, message: refusal.message },
};
console.log(JSON.stringify(seen));
