/** What a customer's program does with @microsoft/microsoft-graph-client, unmodified, to build a team and follow what changes. */
import { ClientSecretCredential } from '@azure/identity';
import { BatchRequestContent, BatchResponseContent, Client } from '@microsoft/microsoft-graph-client';
import { TokenCredentialAuthenticationProvider } from '@microsoft/microsoft-graph-client/authProviders/azureTokenCredentials/index.js';
import { changesOf, type DeltaEntry, jobOf, poll, type SeenOfTeam } from './licensing-job.ts';

interface Page<T> {
  readonly value: readonly T[];
  readonly '@odata.nextLink'?: string;
  readonly '@odata.deltaLink'?: string;
}

const { url, tenantId, clientId, clientSecret, skuId, users } = jobOf(process.argv[2]);
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
const get = async <T>(path: string) => (await client.api(path).get()) as T;
const graph = 'https://graph.microsoft.com/v1.0';
const reference = (id: string) => `${graph}/directoryObjects/${id}`;
const [first, second, third, fourth, fifth] = users;

await client.api(`/users/${second}/assignLicense`).post({ addLicenses: [{ skuId }], removeLicenses: [] });
const { id: groupId } = (await client.api('/groups').post({
  displayName: 'Team',
  mailEnabled: false,
  mailNickname: 'team',
  securityEnabled: true,
  'members@odata.bind': [reference(first)],
})) as { id: string }; // what POST /groups answers
await client.api(`/groups/${groupId}/assignLicense`).post({ addLicenses: [{ skuId }], removeLicenses: [] });

interface User {
  readonly id: string;
  readonly displayName: string;
  readonly licenseAssignmentStates: readonly { readonly state: string; readonly error: string }[];
}
const stateOf = async () =>
  (await get<User>(`/users/${first}?$select=licenseAssignmentStates`)).licenseAssignmentStates[0];
const failed = await poll(stateOf, (entry) => entry?.state === 'Error');
const inError = await get<Page<User>>(`/groups/${groupId}/membersWithLicenseErrors`);
await client.api(`/users/${second}/assignLicense`).post({ addLicenses: [], removeLicenses: [skuId] });
await client.api(`/users/${first}/reprocessLicenseAssignment`).post({});
const mended = await poll(stateOf, (entry) => entry?.state === 'Active');

await client.api(`/groups/${groupId}`).patch({ 'members@odata.bind': [reference(second), reference(third)] });
await client.api(`/groups/${groupId}/members/$ref`).post({ '@odata.id': reference(fourth) });
const joining = new Request(`${graph}/groups/${groupId}/members/$ref`, {
  method: 'POST',
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify({ '@odata.id': reference(fifth) }),
});
const batch = await new BatchRequestContent([{ id: '1', request: joining }]).getContent();
const { status } = new BatchResponseContent(await client.api('/$batch').post(batch)).getResponseById('1');
if (status !== 204) throw new Error(`The batch answered ${status}.`);
const members = await get<Page<User>>(`/groups/${groupId}/members`);

/** Follows pages to the end; `next` is where the next round begins. */
async function readChanges(path: string): Promise<{ entries: readonly DeltaEntry[]; next: string }> {
  const entries: DeltaEntry[] = [];
  for (let at = path; ; ) {
    const page = await get<Page<DeltaEntry>>(at);
    entries.push(...page.value);
    if (page['@odata.deltaLink'] !== undefined) return { entries, next: page['@odata.deltaLink'] };
    at = page['@odata.nextLink'] ?? '';
  }
}
const usersAtFirst = await readChanges('/users/delta?$select=displayName');
const groupsAtFirst = await readChanges('/groups/delta?$select=displayName,members');
await client.api(`/users/${second}`).patch({ displayName: 'Alexandra' });
await client.api(`/groups/${groupId}/members/${third}/$ref`).delete();
await client.api(`/users/${fifth}`).delete();
const usersThen = await readChanges(usersAtFirst.next);
const groupsThen = await readChanges(groupsAtFirst.next);

const seen: SeenOfTeam = {
  error: failed?.error ?? '',
  membersWithErrors: inError.value.map(({ id }) => id),
  afterFix: mended?.state ?? '',
  members: members.value.map(({ displayName }) => displayName),
  atFirst: changesOf(usersAtFirst.entries, groupsAtFirst.entries),
  later: changesOf(usersThen.entries, groupsThen.entries),
};
console.log(JSON.stringify(seen));
