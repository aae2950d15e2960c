import { randomBytes, randomUUID, X509Certificate } from 'node:crypto';
import { badRequest, forbidden, notFound } from '@allot/contract';
import {
  type Activity,
  type Application as StoredApplication,
  createApplication as insertApplication,
  deleteApplication as removeApplication,
  deleteCertificate,
  findApplication,
  type Handle,
  insertAudit,
  insertCertificate,
  listApplications as selectApplications,
  listCertificates,
  setApplicationSecret,
} from '@allot/store';
import type { Permission } from '../../sign-in/permissions.ts';
import { hashSecret } from '../../sign-in/secret-hash.ts';
import type { Context } from '../context.ts';
import { inTransaction } from '../directory/in-transaction.ts';
import { peopleEntry } from './people-entry.ts';

/** An application that may call, or through which people sign in. */
export interface Application {
  /** Its client id. */
  readonly id: string;
  readonly displayName: string;
  /** What it may do in its own name. */
  readonly permissions: readonly string[];
  /** What it may ask for in the name of a person. */
  readonly delegatedPermissions: readonly string[];
  /** A program on somebody's own machine, which can keep no secret. */
  readonly publicClient: boolean;
  readonly redirectUris: readonly string[];
  readonly hasSecret: boolean;
  readonly certificates: readonly Certificate[];
}

interface Certificate {
  /** SHA-256 of the certificate, in base64url, as `x5t#S256`. */
  readonly thumbprint: string;
  readonly displayName: string;
  readonly startDateTime: string;
  readonly endDateTime: string;
}

export interface NewApplication {
  readonly displayName: string;
  readonly permissions: readonly Permission[];
  readonly delegatedPermissions: readonly Permission[];
  readonly publicClient: boolean;
  readonly redirectUris: readonly string[];
}

/** Whether the caller has one of these permissions: nobody gives what they do not have. */
export type Has = (anyOf: readonly Permission[]) => boolean;

export interface ApplicationSecret extends Application {
  /** The only time it can be read. */
  readonly secret: string;
}

export async function listApplications(ctx: Context): Promise<readonly Application[]> {
  const stored = await selectApplications(ctx.db, ctx.tenantId);
  return Promise.all(stored.map((application) => described(ctx.db, application)));
}

/** @throws ApiError 404 */
export async function readApplication(ctx: Context, id: string): Promise<Application> {
  return described(ctx.db, await storedOf(ctx.db, ctx, id));
}

/** @throws ApiError 400; 403 for a permission that the caller does not have */
export async function createApplication(ctx: Context, asked: NewApplication, has: Has): Promise<Application> {
  const { publicClient, permissions } = asked;
  if (publicClient && permissions.length > 0) {
    throw badRequest(
      'An application that can keep no secret cannot have permissions of its own.',
      'Give it delegated permissions, or leave publicClient out.',
    );
  }
  refuseMoreThanOwn([...permissions, ...asked.delegatedPermissions], has);
  const clientId = randomUUID();
  return inTransaction(ctx, async (trx) => {
    const { displayName, delegatedPermissions, redirectUris } = asked;
    const application = { tenantId: ctx.tenantId, clientId, displayName, secretHash: null, permissions };
    await insertApplication(trx, { ...application, publicClient, redirectUris, delegatedPermissions });
    await audit(trx, ctx, 'Add application', { clientId, displayName });
    return described(trx, await storedOf(trx, ctx, clientId));
  });
}

/** Makes a secret in the place of the old one, which is good no longer. @throws ApiError 400, 403 or 404 */
export async function createSecret(ctx: Context, id: string, has: Has): Promise<ApplicationSecret> {
  const secret = randomBytes(32).toString('base64url');
  const secretHash = await hashSecret(secret);
  const application = await changeMeans(ctx, id, has, async (trx) => {
    await setApplicationSecret(trx, ctx.tenantId, id, secretHash);
    return 'Update application – secret';
  });
  return { ...application, secret };
}

/** Registers a certificate whose private key the application signs its assertions with. @throws ApiError 400, 403 or 404 */
export function addCertificate(ctx: Context, id: string, pem: string, has: Has): Promise<Application> {
  const certificate = readCertificate(pem);
  return changeMeans(ctx, id, has, async (trx) => {
    if (!(await insertCertificate(trx, ctx.tenantId, id, certificate))) {
      throw badRequest('The application has this certificate already.', 'Nothing needs to be done.');
    }
    return 'Update application – certificate';
  });
}

/** @throws ApiError 404 */
export function removeCertificate(ctx: Context, id: string, thumbprint: string): Promise<Application> {
  return changeMeans(
    ctx,
    id,
    () => true,
    async (trx) => {
      if (!(await deleteCertificate(trx, ctx.tenantId, id, thumbprint))) throw notFound(thumbprint);
      return 'Update application – certificate';
    },
  );
}

/** Tokens that it has are good until they expire. @throws ApiError 404 */
export function deleteApplication(ctx: Context, id: string): Promise<void> {
  return inTransaction(ctx, async (trx) => {
    const { clientId, displayName } = await storedOf(trx, ctx, id);
    await removeApplication(trx, ctx.tenantId, clientId);
    await audit(trx, ctx, 'Delete application', { clientId, displayName });
  });
}

/** @param write returns the activity */
function changeMeans(
  ctx: Context,
  id: string,
  has: Has,
  write: (trx: Handle) => Promise<Activity>,
): Promise<Application> {
  return inTransaction(ctx, async (trx) => {
    const stored = await storedOf(trx, ctx, id);
    if (stored.publicClient) {
      throw badRequest('This application can keep no secret.', 'People sign in through it, without one.');
    }
    // Whoever has its secret is the application.
    refuseMoreThanOwn([...stored.permissions, ...stored.delegatedPermissions], has);
    await audit(trx, ctx, await write(trx), stored);
    return described(trx, stored.secretHash === null ? await storedOf(trx, ctx, id) : stored);
  });
}

function refuseMoreThanOwn(permissions: readonly string[], has: Has): void {
  if (has(['AppRoleAssignment.ReadWrite.All'])) return;
  // Permissions of our list; those stored by a newer version nobody here has.
  const beyond = permissions.find((permission) => !has([permission as Permission]));
  if (beyond === undefined) return;
  throw forbidden(`Only who has ${beyond}, or AppRoleAssignment.ReadWrite.All, may give it to an application.`);
}

function readCertificate(pem: string) {
  const advice = 'Send a certificate with an RSA key of at least 2048 bits, in PEM, without its private key.';
  let certificate: X509Certificate;
  try {
    certificate = new X509Certificate(pem);
  } catch {
    throw badRequest('This is not a certificate.', advice);
  }
  const { publicKey } = certificate;
  const bits = publicKey.asymmetricKeyDetails?.modulusLength ?? 0;
  if (publicKey.asymmetricKeyType !== 'rsa' || bits < rsaBitsMin)
    throw badRequest('This certificate is too weak.', advice);
  if (certificate.validToDate.getTime() <= Date.now()) throw badRequest('This certificate has expired.', advice);
  const { kty, n, e } = publicKey.export({ format: 'jwk' });
  return {
    thumbprint: Buffer.from(certificate.fingerprint256.replaceAll(':', ''), 'hex').toString('base64url'),
    displayName: certificate.subject.replaceAll('\n', ', ').slice(0, nameLengthMax),
    publicJwk: { kty, n, e, use: 'sig' },
    startsAt: certificate.validFromDate,
    expiresAt: certificate.validToDate,
  };
}

const rsaBitsMin = 2048;
const nameLengthMax = 256;

async function storedOf(db: Handle, ctx: Context, id: string): Promise<StoredApplication> {
  const application = await findApplication(db, ctx.tenantId, id);
  if (application === undefined) throw notFound(id);
  return application;
}

async function described(db: Handle, application: StoredApplication): Promise<Application> {
  const { tenantId, clientId, displayName, permissions, delegatedPermissions, publicClient, redirectUris } =
    application;
  const certificates = await listCertificates(db, tenantId, clientId);
  return {
    id: clientId,
    displayName,
    permissions,
    delegatedPermissions,
    publicClient,
    redirectUris,
    hasSecret: application.secretHash !== null,
    certificates: certificates.map(({ thumbprint, displayName: name, startsAt, expiresAt }) => ({
      thumbprint,
      displayName: name,
      startDateTime: startsAt.toISOString(),
      endDateTime: expiresAt.toISOString(),
    })),
  };
}

const audit = (
  trx: Handle,
  ctx: Context,
  activity: Activity,
  { clientId: id, displayName }: Pick<StoredApplication, 'clientId' | 'displayName'>,
): Promise<void> =>
  insertAudit(trx, ctx.tenantId, [
    peopleEntry(ctx, activity, 'ApplicationManagement', { id, displayName, type: 'Application' }),
  ]);
