import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { testServer } from '../server.ts';

const server = await testServer({ after });
const skus = { e5: '06ebc4ee-1bb5-47dd-8120-11324bc54e06', ems: 'b05e124f-c7cc-45a0-a6aa-8cf78c946968' };

async function created(path: string, body: object): Promise<string> {
  const answer = await server.call('POST', path, body);
  assert.equal(answer.status, 201, JSON.stringify(answer.body));
  return answer.body.id;
}

async function licensedGroup(displayName: string, membershipRule: string, skuId: string): Promise<string> {
  await created('/allot/v1/subscriptions', { skuId, units: 5 });
  const id = await created('/v1.0/groups', {
    displayName,
    mailEnabled: false,
    mailNickname: displayName.replaceAll(' ', ''),
    securityEnabled: true,
    groupTypes: ['DynamicMembership'],
    membershipRule,
    membershipRuleProcessingState: 'On',
  });
  const licensed = await server.call('POST', `/v1.0/groups/${id}/assignLicense`, {
    addLicenses: [{ skuId }],
    removeLicenses: [],
  });
  assert.equal(licensed.status, 202, JSON.stringify(licensed.body));
  return id;
}

test('two products by two rules over one attribute: a user set to both tokens gets both, and loses what is taken out', async () => {
  const e5 = await licensedGroup('E5', '(user.extensionAttribute1 -contains "E5_baseservices;")', skus.e5);
  const ems = await licensedGroup('EMS', '(user.extensionAttribute1 -contains "EMS;")', skus.ems);
  const user = await created('/v1.0/users', {
    accountEnabled: true,
    displayName: 'Bookkeeper',
    mailNickname: 'book',
    userPrincipalName: 'book@contoso.example',
    passwordProfile: { password: 'not kept' },
    usageLocation: 'US',
  });
  const set = async (extensionAttribute1: string | null) => {
    const body = { onPremisesExtensionAttributes: { extensionAttribute1 } };
    assert.equal((await server.call('PATCH', `/v1.0/users/${user}`, body)).status, 204);
    await server.settled();
    const { body: shown } = await server.call('GET', `/v1.0/users/${user}?$select=licenseAssignmentStates`);
    return shown.licenseAssignmentStates
      .map(({ skuId, assignedByGroup, state }: Record<string, string>) => `${skuId} ${assignedByGroup} ${state}`)
      .toSorted();
  };
  const both = [`${skus.e5} ${e5} Active`, `${skus.ems} ${ems} Active`].toSorted();
  assert.deepEqual(await set('EMS;E5_baseservices;'), both);
  assert.deepEqual(await set('EMS;'), [`${skus.ems} ${ems} Active`]);
  assert.deepEqual(await set('E5_baseservices;EMS;'), both);
  assert.deepEqual(await set(null), []);
});
