import { type ApiServer, expectStatus } from './api-server.ts';
import { at, listAt, pick, textAt } from './json.ts';

let made = 0;

/** Creates a user over Graph and returns the id. */
export async function createUser(server: ApiServer, values: Readonly<Record<string, unknown>> = {}): Promise<string> {
  made += 1;
  const user = {
    accountEnabled: true,
    displayName: `Person ${made}`,
    mailNickname: `person${made}`,
    userPrincipalName: `person${made}@test.example`,
    usageLocation: 'US',
    passwordProfile: { password: 'not kept' },
    ...values,
  };
  return textAt(await expectStatus(201, server.call('POST', '/v1.0/users', user)), 'id');
}

/** Creates a security group with these members. */
export async function createGroup(
  server: ApiServer,
  displayName: string,
  memberIds: readonly string[] = [],
): Promise<string> {
  const group = {
    displayName,
    mailEnabled: false,
    mailNickname: displayName.replaceAll(/\W/g, ''),
    securityEnabled: true,
  };
  const id = textAt(await expectStatus(201, server.call('POST', '/v1.0/groups', group)), 'id');
  for (const memberId of memberIds) {
    await expectStatus(
      204,
      server.call('POST', `/v1.0/groups/${id}/members/$ref`, {
        '@odata.id': `http://x/v1.0/directoryObjects/${memberId}`,
      }),
    );
  }
  return id;
}

/** Gives a group a product and settles. */
export async function licenseGroup(
  server: ApiServer,
  groupId: string,
  skuId: string,
  disabledPlans: readonly string[] = [],
): Promise<void> {
  const body = { addLicenses: [{ skuId, disabledPlans }], removeLicenses: [] };
  await expectStatus(202, server.call('POST', `/v1.0/groups/${groupId}/assignLicense`, body));
  await server.settle();
}

/** `state error` of each product of a user, by source. */
export async function statesOf(server: ApiServer, userRef: string): Promise<Record<string, string>> {
  const path = `/allot/v1/users/${encodeURIComponent(userRef)}/explanation`;
  const entries = listAt(await expectStatus(200, server.call('GET', path)), 'value');
  return Object.fromEntries(
    entries.map((entry) => [
      `${textAt(entry, 'skuPartNumber')} ${textAt(entry, 'sourceName')}`,
      `${textAt(entry, 'state')} ${textAt(entry, 'error')}`,
    ]),
  );
}

/** How many seats of a product are usable and consumed, and how many users wait. */
export async function seatsOf(server: ApiServer, skuId: string): Promise<Record<string, unknown>> {
  const summary = await expectStatus(200, server.call('GET', '/allot/v1/summary'));
  const product = listAt(summary, 'products').find((one) => at(one, 'skuId') === skuId);
  return pick(product, 'usable', 'consumed', 'free', 'waiting');
}
