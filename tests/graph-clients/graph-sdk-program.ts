/**
 * What a customer's program does with @microsoft/msgraph-sdk, unmodified. Users are asked for by the methods of its package
 * for users; groups and products by requests with its models, as programs do without the packages for those.
 */
import '@microsoft/msgraph-sdk-users';
import { ClientSecretCredential } from '@azure/identity';
import { HttpMethod, type Parsable, type ParsableFactory, RequestInformation } from '@microsoft/kiota-abstractions';
import { AzureIdentityAuthenticationProvider } from '@microsoft/kiota-authentication-azure';
import { createGraphServiceClient, GraphRequestAdapter } from '@microsoft/msgraph-sdk';
import { PageIterator } from '@microsoft/msgraph-sdk-core';
import {
  type AssignedLicense,
  createGroupCollectionResponseFromDiscriminatorValue,
  createGroupFromDiscriminatorValue,
  createSubscribedSkuCollectionResponseFromDiscriminatorValue,
  createUserCollectionResponseFromDiscriminatorValue,
  type Group,
  type GroupCollectionResponse,
  type ReferenceCreate,
  serializeGroup,
  serializeReferenceCreate,
  type SubscribedSkuCollectionResponse,
  type User,
  type UserCollectionResponse,
} from '@microsoft/msgraph-sdk/models/index.js';
import {
  createODataErrorFromDiscriminatorValue,
  type ODataError,
} from '@microsoft/msgraph-sdk/models/oDataErrors/index.js';
import {
  type AssignLicensePostRequestBody,
  serializeAssignLicensePostRequestBody,
} from '@microsoft/msgraph-sdk-users/users/item/assignLicense/index.js';
import { isLately, jobOf, poll, type Seen, type State } from './licensing-job.ts';

const { url, tenantId, clientId, clientSecret, skuId, disabledPlan, members } = jobOf(process.argv[2]);
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
const request = (method: HttpMethod, template: string, parameters: Record<string, string> = {}) =>
  new RequestInformation(method, `{+baseurl}${template}`, { baseurl: adapter.baseUrl, ...parameters });

async function get<T extends Parsable>(
  template: string,
  factory: ParsableFactory<T>,
  parameters: Record<string, string> = {},
): Promise<T> {
  const asked = request(HttpMethod.GET, template, parameters);
  asked.headers.add('ConsistencyLevel', 'eventual');
  const answer = await adapter.send(asked, factory, errors);
  if (answer === undefined) throw new Error(`nothing was answered to ${template}`);
  return answer;
}

const licensesOf = (licenses: readonly AssignedLicense[] | null | undefined): Seen['assignedLicenses'] =>
  (licenses ?? []).map(({ skuId: id, disabledPlans }) => ({
    skuId: String(id),
    disabledPlans: (disabledPlans ?? []).map(String),
  }));

async function statesOf(userId: string): Promise<State[]> {
  const user = await client.users.byUserId(userId).get({ queryParameters: { select: ['licenseAssignmentStates'] } });
  return (user?.licenseAssignmentStates ?? []).map((one) => ({
    skuId: String(one.skuId),
    disabledPlans: (one.disabledPlans ?? []).map(String),
    assignedByGroup: one.assignedByGroup ?? null,
    state: one.state ?? '',
    error: one.errorEscaped ?? '',
    isUpdatedLately: isLately(one.lastUpdatedDateTime),
  }));
}

const [first, second] = members;
const skus = await get<SubscribedSkuCollectionResponse>(
  '/subscribedSkus',
  createSubscribedSkuCollectionResponseFromDiscriminatorValue,
);

const creation = request(HttpMethod.POST, '/groups');
const wanted: Group = {
  displayName: 'Licensed by msgraph-sdk',
  mailEnabled: false,
  mailNickname: 'graph-sdk',
  securityEnabled: true,
};
creation.setContentFromParsable(adapter, 'application/json', wanted, serializeGroup);
const groupId = (await adapter.send<Group>(creation, createGroupFromDiscriminatorValue, errors))?.id ?? '';

for (const id of members) {
  const joining = request(HttpMethod.POST, '/groups/{group%2Did}/members/$ref', { 'group%2Did': groupId });
  const reference: ReferenceCreate = { odataId: `https://graph.microsoft.com/v1.0/directoryObjects/${id}` };
  joining.setContentFromParsable(adapter, 'application/json', reference, serializeReferenceCreate);
  await adapter.sendNoResponseContent(joining, errors);
}

const licensing = request(HttpMethod.POST, '/groups/{group%2Did}/assignLicense', { 'group%2Did': groupId });
const license: AssignLicensePostRequestBody = {
  addLicenses: [{ skuId, disabledPlans: [disabledPlan] }],
  removeLicenses: [],
};
licensing.setContentFromParsable(adapter, 'application/json', license, serializeAssignLicensePostRequestBody);
await adapter.send<Group>(licensing, createGroupFromDiscriminatorValue, errors);
const licensed = await poll(
  () =>
    get<Group>(
      '/groups/{group%2Did}?$select=assignedLicenses,licenseProcessingState',
      createGroupFromDiscriminatorValue,
      {
        'group%2Did': groupId,
      },
    ),
  ({ licenseProcessingState }) => licenseProcessingState?.state === 'ProcessingComplete',
);
const states = await statesOf(first);
const user = await client.users.byUserId(first).get({ queryParameters: { select: ['assignedLicenses'] } });

const inError = await get<GroupCollectionResponse>(
  '/groups?$count=true&$filter=hasMembersWithLicenseErrors%20eq%20true',
  createGroupCollectionResponseFromDiscriminatorValue,
);
const membersInError = await get<UserCollectionResponse>(
  '/groups/{group%2Did}/membersWithLicenseErrors',
  createUserCollectionResponseFromDiscriminatorValue,
  { 'group%2Did': groupId },
);
await client.users.byUserId(second).reprocessLicenseAssignment.post();
const afterReprocess = await statesOf(second);

let refusal = { status: 0, code: '', message: '' };
try {
  await client.users.byUserId(first).assignLicense.post({ addLicenses: [], removeLicenses: [skuId] });
} catch (caught) {
  const { responseStatusCode, errorEscaped } = caught as ODataError; // what the library throws for an answer of Graph
  refusal = { status: responseStatusCode ?? 0, code: errorEscaped?.code ?? '', message: errorEscaped?.message ?? '' };
}

const leaving = request(HttpMethod.DELETE, '/groups/{group%2Did}/members/{directoryObject%2Did}/$ref', {
  'group%2Did': groupId,
  'directoryObject%2Did': first,
});
await adapter.sendNoResponseContent(leaving, errors);
const afterSeatCameFree = await poll(
  () => statesOf(second),
  ([entry]) => entry?.state === 'Active',
);

const names: string[] = [];
let pages = 0;
const firstPage = await client.users.get({ queryParameters: { select: ['displayName'], top: 2 } });
const nextLink = firstPage?.odataNextLink;
const iterator = new PageIterator<User>(
  adapter,
  { value: firstPage?.value ?? [], ...(nextLink ? { odataNextLink: nextLink } : {}) },
  ({ displayName }) => {
    if (names.push(displayName ?? '') % 2 === 1) pages += 1;
    return true;
  },
  createUserCollectionResponseFromDiscriminatorValue,
  errors,
);
await iterator.iterate();

const seen: Seen = {
  skus: (skus.value ?? []).map(({ skuPartNumber, consumedUnits, prepaidUnits }) => ({
    skuPartNumber: skuPartNumber ?? '',
    enabled: prepaidUnits?.enabled ?? 0,
    consumed: consumedUnits ?? 0,
  })),
  groupId,
  processed: licensed.licenseProcessingState?.state ?? '',
  assignedToGroup: licensesOf(licensed.assignedLicenses),
  states,
  assignedLicenses: licensesOf(user?.assignedLicenses),
  groupsWithErrors: (inError.value ?? []).map(({ id }) => id ?? ''),
  membersWithErrors: (membersInError.value ?? []).map(({ id }) => id ?? ''),
  afterReprocess,
  afterSeatCameFree,
  names,
  pages,
  refusal,
};
console.log(JSON.stringify(seen));
