/**
 * What customers' programs do, unmodified, with Microsoft's libraries over https, and what people do in their browsers
 * meanwhile. Where to go comes as JSON in the first argument; the claims of all tokens are printed. A program of its own,
 * because a certificate is only trusted from the start (NODE_EXTRA_CA_CERTS).
 */
import { writeFile } from 'node:fs/promises';
import { ClientCertificateCredential, ClientSecretCredential, DeviceCodeCredential } from '@azure/identity';
import { CryptoProvider, PublicClientApplication } from '@azure/msal-node';
import { decodeJwt } from 'jose';
import { globalAdministratorId } from '../../packages/server/src/sign-in/roles.ts';
import { fetchToken } from '../server.ts';
import { Browser } from './browser.ts';
import { actionsAt } from './office-with-people.ts';

interface Job {
  readonly url: string;
  readonly tenantId: string;
  readonly domain: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly certificate: { readonly cert: string; readonly key: string; readonly bothFile: string };
}

const job = JSON.parse(process.argv[2] ?? '{}') as Job; // what the test gives
const { url, tenantId } = job;
const token = await fetchToken(url, tenantId, job.clientId, job.clientSecret);
const call = async (method: string, path: string, body?: unknown) => {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const answer = await fetch(`${url}${path}`, {
    method,
    headers,
    body: body === undefined ? null : JSON.stringify(body),
  });
  return { status: answer.status, headers: answer.headers, body: JSON.parse(await answer.text()) };
};
const place = actionsAt({ baseUrl: url, tenantId, call });
const person = await place.addPerson('ann@local.example', [globalAdministratorId]);

const options = { authorityHost: url, disableInstanceDiscovery: true };
const scope = 'https://graph.microsoft.com/.default';
const seen: Record<string, unknown> = {};

const secret = new ClientSecretCredential(tenantId, job.clientId, job.clientSecret, options);
seen['secret'] = decodeJwt((await secret.getToken(scope)).token);

const { body: application } = await call('POST', '/allot/v1/applications', {
  displayName: 'Signs by certificate',
  permissions: ['User.Read.All'],
});
await call('POST', `/allot/v1/applications/${application.id}/certificates`, { certificate: job.certificate.cert });
await writeFile(job.certificate.bothFile, job.certificate.key + job.certificate.cert);
for (const tenant of [tenantId, job.domain]) {
  const certificate = new ClientCertificateCredential(tenant, application.id, job.certificate.bothFile, options);
  seen[`certificate ${tenant === tenantId ? 'by id' : 'by domain'}`] = decodeJwt(
    (await certificate.getToken(scope)).token,
  );
}

const redirectUri = 'http://localhost:53682/signed-in';
const { body: program } = await call('POST', '/allot/v1/applications', {
  displayName: 'Desktop program',
  publicClient: true,
  redirectUris: ['http://localhost/signed-in'],
  delegatedPermissions: ['User.Read', 'Group.Read.All'],
});

const device = new DeviceCodeCredential({
  ...options,
  tenantId,
  clientId: program.id,
  userPromptCallback: ({ verificationUri, userCode }) => {
    void signInOnDevice(verificationUri, userCode);
  },
});
seen['device'] = decodeJwt((await device.getToken(scope)).token);

async function signInOnDevice(address: string, userCode: string): Promise<void> {
  const who = new Browser(url);
  const confirm = await who.submit(await who.open(address), { user_code: userCode });
  await place.submitSignIn(who, await who.submit(confirm, { confirm: 'yes' }), person);
}

const msal = new PublicClientApplication({
  auth: { clientId: program.id, authority: `${url}/${tenantId}`, knownAuthorities: [new URL(url).host] },
});
const { verifier, challenge } = await new CryptoProvider().generatePkceCodes();
const scopes = ['User.Read', 'https://graph.microsoft.com/Group.Read.All'];
const request = {
  scopes,
  redirectUri,
  codeChallenge: challenge,
  codeChallengeMethod: 'S256',
  prompt: 'select_account',
};
const who = new Browser(url);
const page = await who.open(await msal.getAuthCodeUrl(request));
const back = await place.submitSignIn(who, page, person);
const code = new URL(back.url).searchParams.get('code') ?? '';
const signedIn = await msal.acquireTokenByCode({ code, scopes, redirectUri, codeVerifier: verifier });
seen['authorization code'] = decodeJwt(signedIn.accessToken);
const { account } = signedIn;
if (account === null) throw new Error('MSAL knows no account');
seen['account'] = { name: account.name, username: account.username, homeAccountId: account.homeAccountId };
seen['from the cache'] = (await msal.acquireTokenSilent({ account, scopes })).fromCache;
const refreshed = await msal.acquireTokenSilent({ account, scopes, forceRefresh: true });
seen['refreshed'] = { ...decodeJwt(refreshed.accessToken), isNew: refreshed.accessToken !== signedIn.accessToken };
const again = await msal.acquireTokenSilent({ account, scopes, forceRefresh: true });
seen['refreshed again'] = { ...decodeJwt(again.accessToken), isNew: again.accessToken !== refreshed.accessToken };
seen['person'] = person.id;
seen['applications'] = { certificate: application.id, program: program.id };

process.stdout.write(JSON.stringify(seen));
