/** What a customer's program does with @microsoft/microsoft-graph-client, unmodified. */
import { ClientSecretCredential } from '@azure/identity';
import { Client, GraphError, PageIterator, type PageCollection } from '@microsoft/microsoft-graph-client';
import { TokenCredentialAuthenticationProvider } from '@microsoft/microsoft-graph-client/authProviders/azureTokenCredentials/index.js';
import { isLately, jobOf, poll, type Seen, type State } from './licensing-job.ts';

interface Collection<T> {
  readonly value: readonly T[];
}

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
const client = Client.initWithMiddleware({
  authProvider: new TokenCredentialAuthenticationProvider(credential, { scopes: [`${url}/.default`] }),
  baseUrl: url,
  customHosts: new Set(['localhost']),
});

/** The library answers `any`; `T` is what Graph documents. */
const get = async <T>(path: string, ...select: string[]) => (await client.api(path).select(select).get()) as T;

const statesOf = async (userId: string): Promise<State[]> =>
  (await get<User>(`/users/${userId}`, 'licenseAssignmentStates')).licenseAssignmentStates.map(
    ({ lastUpdatedDateTime, ...state }) => ({ ...state, isUpdatedLately: isLately(lastUpdatedDateTime) }),
  );

const [first, second] = members;
const skus =
  await get<Collection<{ skuPartNumber: string; consumedUnits: number; prepaidUnits: { enabled: number } }>>(
    '/subscribedSkus',
  );
const group = (await client.api('/groups').post({
  displayName: 'Licensed by microsoft-graph-client',
  mailEnabled: false,
  mailNickname: 'graph-client',
  securityEnabled: true,
})) as Group; // what POST /groups answers
for (const id of members) {
  await client
    .api(`/groups/${group.id}/members/$ref`)
    .post({ '@odata.id': `https://graph.microsoft.com/v1.0/directoryObjects/${id}` });
}
const license = { addLicenses: [{ skuId, disabledPlans: [disabledPlan] }], removeLicenses: [] };
await client.api(`/groups/${group.id}/assignLicense`).post(license);
const licensed = await poll(
  () => get<Group>(`/groups/${group.id}`, 'assignedLicenses', 'licenseProcessingState'),
  ({ licenseProcessingState: { state } }) => state === 'ProcessingComplete',
);
const states = await statesOf(first);
const { assignedLicenses } = await get<User>(`/users/${first}`, 'assignedLicenses');

const inError = (await client
  .api('/groups')
  .header('ConsistencyLevel', 'eventual')
  .filter('hasMembersWithLicenseErrors eq true')
  .count(true)
  .get()) as Collection<Group>; // what GET /groups answers
const membersInError = await get<Collection<User>>(`/groups/${group.id}/membersWithLicenseErrors`);
await client.api(`/users/${second}/reprocessLicenseAssignment`).post({});
const afterReprocess = await statesOf(second);

let refusal = { status: 0, code: '', message: '' };
try {
  await client.api(`/users/${first}/assignLicense`).post({ addLicenses: [], removeLicenses: [skuId] });
} catch (error) {
  if (!(error instanceof GraphError)) throw error;
  refusal = { status: error.statusCode, code: error.code ?? '', message: error.message };
}

await client.api(`/groups/${group.id}/members/${first}/$ref`).delete();
const afterSeatCameFree = await poll(
  () => statesOf(second),
  ([entry]) => entry?.state === 'Active',
);

const names: string[] = [];
let pages = 0;
const page = (await client.api('/users').select('displayName').top(2).get()) as PageCollection; // what GET /users answers
const iterator = new PageIterator(client, page, (user: User) => {
  if (names.push(user.displayName) % 2 === 1) pages += 1;
  return true;
});
await iterator.iterate();

const seen: Seen = {
  skus: skus.value.map(({ skuPartNumber, consumedUnits, prepaidUnits: { enabled } }) => ({
    skuPartNumber,
    enabled,
    consumed: consumedUnits,
  })),
  groupId: group.id,
  processed: licensed.licenseProcessingState.state,
  assignedToGroup: licensed.assignedLicenses,
  states,
  assignedLicenses,
  groupsWithErrors: inError.value.map(({ id }) => id),
  membersWithErrors: membersInError.value.map(({ id }) => id),
  afterReprocess,
  afterSeatCameFree,
  names,
  pages,
  refusal,
};
console.log(JSON.stringify(seen));
