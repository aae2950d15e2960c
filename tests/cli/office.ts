import type { Collection } from '@allot/contract';

import type { ServedTenant } from './served-tenant.ts';

export const e3 = '6fd2c87f-b296-42f0-b197-1e91e994b900';
const e1 = '18181a46-0d4e-45cd-891e-60aabd171b4e';

/** Everything a test names by id. */
export interface Office {
  readonly userIds: ReadonlyMap<string, string>;
  readonly groupIds: ReadonlyMap<string, string>;
  readonly domain: string;
}

/**
 * Two seats of Office 365 E3 and ten of E1; `Sales Europe` with Adele, Alex and Christie, who cannot all get an E3;
 * two groups called `Twins`. Nothing is licensed yet.
 */
export async function setUpOffice({ client }: ServedTenant): Promise<Office> {
  for (const [skuId, units] of [
    [e3, 2],
    [e1, 10],
  ] as const) {
    await client.send('POST', '/allot/v1/subscriptions', { skuId, units, status: 'Enabled' });
  }
  const domain = await defaultDomain(client);
  const userIds = new Map<string, string>();
  for (const name of ['adele', 'alex', 'christie', 'diego']) {
    userIds.set(
      name,
      await created(client, '/v1.0/users', {
        accountEnabled: true,
        displayName: name === 'diego' ? '=Diego' : `${name.charAt(0).toUpperCase()}${name.slice(1)}`,
        mailNickname: name,
        userPrincipalName: `${name}@${domain}`,
        passwordProfile: { password: 'A long one 1!' },
        usageLocation: 'DE',
      }),
    );
  }
  const groupIds = new Map<string, string>();
  for (const [key, displayName] of [
    ['sales', 'Sales Europe'],
    ['twin1', 'Twins'],
    ['twin2', 'Twins'],
  ] as const) {
    const body = { displayName, mailEnabled: false, mailNickname: key, securityEnabled: true };
    groupIds.set(key, await created(client, '/v1.0/groups', body));
  }
  for (const name of ['adele', 'alex', 'christie']) {
    const member = { '@odata.id': `${client.baseUrl}/v1.0/directoryObjects/${userIds.get(name)}` };
    await client.send('POST', `/v1.0/groups/${groupIds.get('sales')}/members/$ref`, member);
  }
  return { userIds, groupIds, domain };
}

async function defaultDomain(client: ServedTenant['client']): Promise<string> {
  const { value } =
    await client.get<Collection<{ readonly verifiedDomains: readonly { readonly name: string }[] }>>(
      '/v1.0/organization',
    );
  const name = value[0]?.verifiedDomains[0]?.name;
  if (name === undefined) throw new Error('The tenant has no domain.');
  return name;
}

async function created(client: ServedTenant['client'], path: string, body: object): Promise<string> {
  const answer = await client.send<{ readonly id: string }>('POST', path, body);
  if (answer === undefined) throw new Error(`POST ${path} answered nothing.`);
  return answer.id;
}
