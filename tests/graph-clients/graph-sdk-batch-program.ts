/**
 * What a customer's program does with the batches of @microsoft/msgraph-sdk-core, unmodified. In this version of it bodies have
 * no use: it sends them in base64 and without a type, which Graph refuses, and reads only such.
 */
import '@microsoft/msgraph-sdk-users';
import { ClientSecretCredential } from '@azure/identity';
import { AzureIdentityAuthenticationProvider } from '@microsoft/kiota-authentication-azure';
import { HttpMethod, RequestInformation } from '@microsoft/kiota-abstractions';
import { createGraphServiceClient, GraphRequestAdapter } from '@microsoft/msgraph-sdk';
import {
  createODataErrorFromDiscriminatorValue,
  type ODataError,
} from '@microsoft/msgraph-sdk/models/oDataErrors/index.js';
import { BatchRequestContent, BatchRequestContentCollection } from '@microsoft/msgraph-sdk-core';
import { jobOf, type SeenInBatches } from './licensing-job.ts';

const { url, tenantId, clientId, clientSecret, members } = jobOf(process.argv[2]);
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
const [first, second] = members;
const nobody = '99999999-9999-4999-8999-999999999999';
const reading = (id: string) =>
  client.users.byUserId(id).toGetRequestInformation({ queryParameters: { select: ['id'] } });

const batch = new BatchRequestContent(adapter, errors);
batch.addBatchRequest(reading(first), 'first');
const missing = batch.addBatchRequest(reading(nobody), 'missing');
missing.dependsOn = ['first'];
const after = batch.addBatchRequest(
  client.users.byUserId(second).reprocessLicenseAssignment.toPostRequestInformation(),
  'after',
);
after.dependsOn = ['missing'];
const answered = await batch.postAsync();

const many = new BatchRequestContentCollection(adapter, errors, 20);
for (let at = 1; at <= 25; at += 1) many.addBatchRequest(reading(at % 2 ? first : second), String(at));
const manyAnswered = await many.postAsync();

const written = new BatchRequestContent(adapter, errors);
const change = new RequestInformation(HttpMethod.PATCH, '{+baseurl}/users/{id}', { id: first });
change.setStreamContent(new TextEncoder().encode('{"city":"Ulm"}').buffer, 'application/json');
written.addBatchRequest(change, 'change');
let refusal = '';
try {
  await written.postAsync();
} catch (caught) {
  refusal = (caught as ODataError).errorEscaped?.message ?? ''; // what the library throws for an answer of Graph
}

const seen: SeenInBatches = {
  statuses: [
    Object.fromEntries((await answered?.getResponsesStatusCodes()) ?? []),
    Object.fromEntries((await manyAnswered?.getResponsesStatusCodes()) ?? []),
  ],
  members: [],
  context: '',
  refusal,
};
console.log(JSON.stringify(seen));
