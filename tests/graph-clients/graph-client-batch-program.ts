/** What a customer's program does with the batches of @microsoft/microsoft-graph-client, unmodified. */
import { ClientSecretCredential } from '@azure/identity';
import {
  BatchRequestContent,
  type BatchRequestStep,
  BatchResponseContent,
  Client,
} from '@microsoft/microsoft-graph-client';
import { TokenCredentialAuthenticationProvider } from '@microsoft/microsoft-graph-client/authProviders/azureTokenCredentials/index.js';
import { jobOf, type SeenInBatches } from './licensing-job.ts';

interface Members {
  readonly '@odata.context': string;
  readonly value: readonly { readonly id: string }[];
}

const { url, tenantId, clientId, clientSecret, members } = jobOf(process.argv[2]);
const credential = new ClientSecretCredential(tenantId, clientId, clientSecret, {
  authorityHost: url,
  disableInstanceDiscovery: true,
});
const client = Client.initWithMiddleware({
  authProvider: new TokenCredentialAuthenticationProvider(credential, { scopes: [`${url}/.default`] }),
  baseUrl: url,
  customHosts: new Set(['localhost']),
});

// The library takes away the host; of its version programs write either address.
const graph = 'https://graph.microsoft.com';
const step = (id: string, method: string, path: string, body?: object, dependsOn?: string[]): BatchRequestStep => {
  const sent =
    body === undefined ? {} : { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) };
  const request = new Request(`${graph}${path}`, { method, ...sent });
  return { id, request, ...(dependsOn === undefined ? {} : { dependsOn }) };
};

async function send(steps: BatchRequestStep[]): Promise<BatchResponseContent> {
  const content = await new BatchRequestContent(steps).getContent();
  return new BatchResponseContent(await client.api('/$batch').post(content));
}

const { id: groupId } = (await client.api('/groups').post({
  displayName: 'In batches',
  mailEnabled: false,
  mailNickname: 'in-batches',
  securityEnabled: true,
})) as { id: string }; // what POST /groups answers
const reference = (id: string) => ({ '@odata.id': `${graph}/v1.0/directoryObjects/${id}` });
const [first, second] = members;
const joined = await send([
  step('1', 'POST', `/groups/${groupId}/members/$ref`, reference(first)),
  step('2', 'POST', `/v1.0/groups/${groupId}/members/$ref`, reference(second), ['1']),
  step('3', 'GET', `/v1.0/groups/${groupId}/members?$select=id`, undefined, ['2']),
]);
const list = (await joined.getResponseById('3').json()) as Members; // what a list of members is
const failed = await send([
  step('1', 'POST', `/groups/${groupId}/members/$ref`, reference(first)),
  step('2', 'DELETE', `/groups/${groupId}/members/${second}/$ref`, undefined, ['1']),
]);
const refusal = (await failed.getResponseById('1').json()) as { error: { message: string } }; // an error of Graph

const statusesOf = (content: BatchResponseContent) =>
  Object.fromEntries([...content.getResponses()].map(([id, { status }]) => [id, status]));
const seen: SeenInBatches = {
  statuses: [statusesOf(joined), statusesOf(failed)],
  members: list.value.map(({ id }) => id),
  context: list['@odata.context'],
  refusal: refusal.error.message,
};
console.log(JSON.stringify(seen));
