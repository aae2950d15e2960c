import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Context } from '../../packages/server/src/operations/context.ts';
import { createUser } from '../../packages/server/src/operations/directory/create-users.ts';
import { createSubscription } from '../../packages/server/src/operations/subscriptions/create-subscription.ts';
import type { TestScope } from '../database.ts';
import { testServer } from '../server.ts';
import type { Job, Seen } from './licensing-job.ts';

const run = promisify(execFile);

/** Office 365 E3 of the built-in catalogue, and a plan of it. */
export const e3 = '6fd2c87f-b296-42f0-b197-1e91e994b900';
export const yammer = '7547a3fe-08ee-4ccb-b430-5077c5041653';

export const names = ['Adele', 'Alex', 'Christie', 'Diego', 'Grady'] as const;

/** A server over https with five users and one seat of Office 365 E3, and what a program needs to know of it. */
export async function startGraph(
  scope: TestScope,
): Promise<{ readonly job: Job; runProgram<Printed = Seen>(name: string): Promise<Printed> }> {
  const folder = await mkdtemp(join(tmpdir(), 'allot-certificate-'));
  scope.after(() => rm(folder, { recursive: true }));
  const [cert, key] = await makeCertificate(folder);
  const server = await testServer(scope, { settings: { ALLOT_TLS_CERT: cert, ALLOT_TLS_KEY: key } });
  const { baseUrl: url, tenantId, clientId, clientSecret } = server;

  const actor = { kind: 'app', id: randomUUID(), displayName: 'Test' } as const;
  const ctx: Context = { db: server.database.db, tenantId, actor, correlationId: randomUUID() };
  await createSubscription(ctx, { skuId: e3, units: 1 });
  const ids: string[] = [];
  for (const name of names) ids.push((await createUser(ctx, userOf(name))).id);

  const [first = '', second = '', third = '', fourth = '', fifth = ''] = ids;
  const job: Job = {
    url,
    tenantId,
    clientId,
    clientSecret,
    skuId: e3,
    disabledPlan: yammer,
    members: [first, second],
    users: [first, second, third, fourth, fifth],
  };
  const env = { ...process.env, NODE_EXTRA_CA_CERTS: cert };
  return {
    job,
    async runProgram<Printed>(name: string) {
      const program = fileURLToPath(new URL(name, import.meta.url));
      const { stdout } = await run(process.execPath, [program, JSON.stringify(job)], { env });
      return JSON.parse(stdout) as Printed; // what the programs print
    },
  };
}

/** For this machine, signed by nobody else; a program trusts it by NODE_EXTRA_CA_CERTS. */
async function makeCertificate(folder: string): Promise<[cert: string, key: string]> {
  const [cert, key] = [join(folder, 'certificate.pem'), join(folder, 'key.pem')];
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'];
  await run('openssl', [
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-days',
    '2',
    ...subject,
    '-keyout',
    key,
    '-out',
    cert,
  ]);
  return [cert, key];
}

const userOf = (name: string) => ({
  accountEnabled: true,
  displayName: name,
  mailNickname: name.toLowerCase(),
  userPrincipalName: `${name.toLowerCase()}@graph-clients.example`,
  passwordProfile: { password: 'not kept' },
  usageLocation: 'US',
});
