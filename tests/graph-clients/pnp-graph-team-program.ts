/** What a customer's program does with @pnp/graph, unmodified, to build a team and follow what changes. */
import { ClientSecretCredential } from '@azure/identity';
import { DefaultHeaders, DefaultInit, graphDelete, graphGet, graphPatch, graphPost, GraphQueryable } from '@pnp/graph';
import { createBatch } from '@pnp/graph/batching.js';
import { Groups, GroupType } from '@pnp/graph/groups/index.js';
import { Members } from '@pnp/graph/members/index.js';
import { Users } from '@pnp/graph/users/index.js';
import { body, BrowserFetchWithRetry, DefaultParse, InjectHeaders, JSONParse } from '@pnp/queryable';
import { changesOf, type DeltaEntry, jobOf, poll, type SeenOfTeam } from './licensing-job.ts';

const { url, tenantId, clientId, clientSecret, skuId, users } = jobOf(process.argv[2]);
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
/** What the library has no word for is asked by its path. */
const asked = (path: string) => GraphQueryable(graph, path);
const post = async (path: string, sent: object) => (await graphPost(asked(path), body(sent))) as unknown;
const reference = (id: string) => `https://graph.microsoft.com/v1.0/directoryObjects/${id}`;
const [first, second, third, fourth, fifth] = users;

await post(`users/${second}/assignLicense`, { addLicenses: [{ skuId }], removeLicenses: [] });
const created = await Groups(graph).add('Team', 'team', GroupType.Security, {
  'members@odata.bind': [reference(first)],
});
const groupId = String(created.id);
const team = Groups(graph).getById(groupId);
await post(`groups/${groupId}/assignLicense`, { addLicenses: [{ skuId }], removeLicenses: [] });

interface User {
  readonly id: string;
  readonly displayName: string;
  readonly licenseAssignmentStates: readonly { readonly state: string; readonly error: string }[];
}
const stateOf = async () =>
  (await Users(graph).getById(first).select('licenseAssignmentStates')<User>()).licenseAssignmentStates[0];
const failed = await poll(stateOf, (entry) => entry?.state === 'Error');
const inError = await graphGet<readonly User[]>(asked(`groups/${groupId}/membersWithLicenseErrors`));
await post(`users/${second}/assignLicense`, { addLicenses: [], removeLicenses: [skuId] });
await post(`users/${first}/reprocessLicenseAssignment`, {});
const mended = await poll(stateOf, (entry) => entry?.state === 'Active');

await graphPatch(team, body({ 'members@odata.bind': [reference(second), reference(third)] }));
await Members(team).add(reference(fourth));
const [inBatch, execute] = createBatch(graph);
const added = Members(Groups(graph).getById(groupId)).using(inBatch).add(reference(fifth));
await execute();
await added;
const members = await Members(team)<readonly User[]>();

interface Page {
  readonly value: readonly DeltaEntry[];
  readonly '@odata.nextLink'?: string;
  readonly '@odata.deltaLink'?: string;
}

/** Follows pages to the end; `next` is where the next round begins. */
async function readChanges(path: string): Promise<{ entries: readonly DeltaEntry[]; next: string }> {
  const entries: DeltaEntry[] = [];
  for (let at = path; ; ) {
    const asking = at.startsWith('https:') ? GraphQueryable([graph, at]) : asked(at);
    const page = await graphGet<Page>(asking.using(JSONParse()));
    entries.push(...page.value);
    if (page['@odata.deltaLink'] !== undefined) return { entries, next: page['@odata.deltaLink'] };
    at = page['@odata.nextLink'] ?? '';
  }
}
const usersAtFirst = await readChanges('users/delta?$select=displayName');
const groupsAtFirst = await readChanges('groups/delta?$select=displayName,members');
await Users(graph).getById(second).update({ displayName: 'Alexandra' });
await graphDelete(asked(`groups/${groupId}/members/${third}/$ref`));
await Users(graph).getById(fifth).delete();
const usersThen = await readChanges(usersAtFirst.next);
const groupsThen = await readChanges(groupsAtFirst.next);

const seen: SeenOfTeam = {
  error: failed?.error ?? '',
  membersWithErrors: inError.map(({ id }) => id),
  afterFix: mended?.state ?? '',
  members: members.map(({ displayName }) => displayName),
  atFirst: changesOf(usersAtFirst.entries, groupsAtFirst.entries),
  later: changesOf(usersThen.entries, groupsThen.entries),
};
console.log(JSON.stringify(seen));
