/**
 * What a customer's program does with @microsoft/msgraph-sdk, unmodified, to build a team and follow what changes. Groups and batches
 * with a body are requests of its own: the first are in a package of their own, the second the library cannot send.
 */
import '@microsoft/msgraph-sdk-users';
import { ClientSecretCredential } from '@azure/identity';
import { HttpMethod, RequestInformation } from '@microsoft/kiota-abstractions';
import { AzureIdentityAuthenticationProvider } from '@microsoft/kiota-authentication-azure';
import { createGraphServiceClient, GraphRequestAdapter } from '@microsoft/msgraph-sdk';
import { createODataErrorFromDiscriminatorValue } from '@microsoft/msgraph-sdk/models/oDataErrors/index.js';
import { changesOf, type DeltaEntry, jobOf, poll, type SeenOfTeam } from './licensing-job.ts';

const { url, tenantId, clientId, clientSecret, skuId, users } = jobOf(process.argv[2]);
const credential = new ClientSecretCredential(tenantId, clientId, clientSecret, {
  authorityHost: url,
  disableInstanceDiscovery: true,
});
const adapter = new GraphRequestAdapter(
  new AzureIdentityAuthenticationProvider(credential, [`${url}/.default`], undefined, new Set(['localhost'])),
);
adapter.baseUrl = `${url}/v1.0`;
const client = createGraphServiceClient(adapter);
const errors = { XXX: createODataErrorFromDiscriminatorValue };

/** A request of JSON, by its path or by a link; `T` is what Graph documents. */
async function ask<T>(method: HttpMethod, path: string, sent?: object): Promise<T> {
  const request = new RequestInformation(method);
  request.URL = path.startsWith('https:') ? path : `${url}/v1.0${path}`;
  if (sent !== undefined) {
    request.setStreamContent(new TextEncoder().encode(JSON.stringify(sent)).buffer, 'application/json');
  }
  const answer = await adapter.sendPrimitive<ArrayBuffer>(request, 'ArrayBuffer', errors);
  const text = answer === undefined ? '' : new TextDecoder().decode(answer);
  return JSON.parse(text === '' ? '{}' : text) as T;
}
const reference = (id: string) => `https://graph.microsoft.com/v1.0/directoryObjects/${id}`;
const [first, second, third, fourth, fifth] = users;

await client.users.byUserId(second).assignLicense.post({ addLicenses: [{ skuId }], removeLicenses: [] });
const { id: groupId } = await ask<{ id: string }>(HttpMethod.POST, '/groups', {
  displayName: 'Team',
  mailEnabled: false,
  mailNickname: 'team',
  securityEnabled: true,
  'members@odata.bind': [reference(first)],
});
await ask(HttpMethod.POST, `/groups/${groupId}/assignLicense`, { addLicenses: [{ skuId }], removeLicenses: [] });

const stateOf = async () => {
  const user = await client.users.byUserId(first).get({ queryParameters: { select: ['licenseAssignmentStates'] } });
  return user?.licenseAssignmentStates?.[0];
};
const failed = await poll(stateOf, (entry) => entry?.state === 'Error');
interface List {
  readonly value: readonly { readonly id: string; readonly displayName: string }[];
}
const inError = await ask<List>(HttpMethod.GET, `/groups/${groupId}/membersWithLicenseErrors`);
await client.users.byUserId(second).assignLicense.post({ addLicenses: [], removeLicenses: [skuId] });
await client.users.byUserId(first).reprocessLicenseAssignment.post();
const mended = await poll(stateOf, (entry) => entry?.state === 'Active');

await ask(HttpMethod.PATCH, `/groups/${groupId}`, { 'members@odata.bind': [reference(second), reference(third)] });
await ask(HttpMethod.POST, `/groups/${groupId}/members/$ref`, { '@odata.id': reference(fourth) });
const batch = await ask<{ responses: readonly { status: number }[] }>(HttpMethod.POST, '/$batch', {
  requests: [
    {
      id: '1',
      method: 'POST',
      url: `/groups/${groupId}/members/$ref`,
      headers: { 'Content-Type': 'application/json' },
      body: { '@odata.id': reference(fifth) },
    },
  ],
});
if (batch.responses[0]?.status !== 204) throw new Error(`The batch answered ${JSON.stringify(batch)}.`);
const members = await ask<List>(HttpMethod.GET, `/groups/${groupId}/members`);

/** The users who changed, by the library's own method. */
async function readUsers(link?: string): Promise<{ entries: readonly DeltaEntry[]; next: string }> {
  const entries: DeltaEntry[] = [];
  for (let at = link; ; ) {
    const page =
      at === undefined
        ? await client.users.delta.get({ queryParameters: { select: ['displayName'] } })
        : await client.users.delta.withUrl(at).get();
    for (const { id, displayName, additionalData } of page?.value ?? []) {
      const removed = additionalData?.['@removed'] === undefined ? {} : { '@removed': { reason: 'seen' } };
      entries.push({ id: id ?? '', displayName: displayName ?? '', ...removed });
    }
    if (typeof page?.odataDeltaLink === 'string') return { entries, next: page.odataDeltaLink };
    at = page?.odataNextLink ?? '';
  }
}

/** The groups that changed; `members@delta` is in no model of the library. */
async function readGroups(link: string): Promise<{ entries: readonly DeltaEntry[]; next: string }> {
  const entries: DeltaEntry[] = [];
  for (let at = link; ; ) {
    const page = await ask<{
      readonly value: readonly DeltaEntry[];
      readonly '@odata.nextLink'?: string;
      readonly '@odata.deltaLink'?: string;
    }>(HttpMethod.GET, at);
    entries.push(...page.value);
    if (page['@odata.deltaLink'] !== undefined) return { entries, next: page['@odata.deltaLink'] };
    at = page['@odata.nextLink'] ?? '';
  }
}
const usersAtFirst = await readUsers();
const groupsAtFirst = await readGroups('/groups/delta?$select=displayName,members');
await client.users.byUserId(second).patch({ displayName: 'Alexandra' });
await ask(HttpMethod.DELETE, `/groups/${groupId}/members/${third}/$ref`);
await client.users.byUserId(fifth).delete();
const usersThen = await readUsers(usersAtFirst.next);
const groupsThen = await readGroups(groupsAtFirst.next);

const seen: SeenOfTeam = {
  error: failed?.errorEscaped ?? '',
  membersWithErrors: inError.value.map(({ id }) => id),
  afterFix: mended?.state ?? '',
  members: members.value.map(({ displayName }) => displayName),
  atFirst: changesOf(usersAtFirst.entries, groupsAtFirst.entries),
  later: changesOf(usersThen.entries, groupsThen.entries),
};
console.log(JSON.stringify(seen));
