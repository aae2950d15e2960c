import { noContent, ok, type RouteAnswer, type RouteRequest } from '../http/index.ts';
import { invalidValue } from '../operations/directory/property-errors.ts';
import {
  addCertificate,
  createApplication,
  createSecret,
  deleteApplication,
  listApplications,
  readApplication,
  removeCertificate,
} from '../operations/people/applications.ts';
import { isPermission, type Permission } from '../sign-in/permission-names.ts';
import { type Field, flag, listOf, readRequired, text } from './fields.ts';
import { pathId } from './path-id.ts';

const nameLengthMax = 256;
const uriLengthMax = 2_048;
const redirectUrisMax = 100;
const permissionsMax = 100;
const certificateLengthMax = 16_384;

/** GET /applications */
export const getApplications = async ({ ctx }: RouteRequest): Promise<RouteAnswer> =>
  ok({ value: await listApplications(ctx) });

/** GET /applications/{id} */
export const getApplication = async (request: RouteRequest): Promise<RouteAnswer> =>
  ok(await readApplication(request.ctx, pathId(request)));

/** POST /applications */
export async function postApplication(request: RouteRequest): Promise<RouteAnswer> {
  const fields = readRequired(request.body, applicationFields, ['displayName']);
  const { displayName, permissions = [], delegatedPermissions = [], publicClient = false, redirectUris = [] } = fields;
  const asked = { displayName, permissions, delegatedPermissions, publicClient, redirectUris };
  const created = await createApplication(request.ctx, asked, request.hasPermission);
  const location = `${request.root}/allot/v1/applications/${created.id}`;
  return { status: 201, body: created, headers: { location } };
}

/** POST /applications/{id}/secret: answers the application with its new secret. */
export const postSecret = async (request: RouteRequest): Promise<RouteAnswer> =>
  ok(await createSecret(request.ctx, pathId(request), request.hasPermission));

/** POST /applications/{id}/certificates: `certificate` in PEM; answers the application. */
export async function postCertificate(request: RouteRequest): Promise<RouteAnswer> {
  const { certificate } = readRequired(request.body, { certificate: text(certificateLengthMax) }, ['certificate']);
  return ok(await addCertificate(request.ctx, pathId(request), certificate, request.hasPermission));
}

/** DELETE /applications/{id}/certificates/{thumbprint}: answers the application. */
export const removeCertificateOf = async (request: RouteRequest): Promise<RouteAnswer> =>
  ok(await removeCertificate(request.ctx, pathId(request), request.param('thumbprint')));

/** DELETE /applications/{id} */
export async function removeApplication(request: RouteRequest): Promise<RouteAnswer> {
  await deleteApplication(request.ctx, pathId(request));
  return noContent;
}

const permission: Field<Permission> = (value, name) => {
  if (typeof value === 'string' && isPermission(value)) return value;
  throw invalidValue(name, 'Send the name of a permission of Graph that is served here, such as User.Read.All.');
};

/** https, this machine, or a scheme of the program's own; compared as it is written. */
const redirectUri: Field<string> = (value, name) => {
  const uri = text(uriLengthMax)(value, name);
  const url = URL.parse(uri);
  const own = url !== null && /^[a-z][a-z0-9+-]*(\.[a-z0-9+-]+)+:$|^msal[0-9a-f-]+:$/i.test(url.protocol);
  const loopback = url?.protocol === 'http:' && /^(localhost|127\.0\.0\.1|\[::1\])$/.test(url.hostname);
  if (url?.hash === '' && (url.protocol === 'https:' || loopback || own)) return uri;
  throw invalidValue(name, 'Send an https address, http://localhost, or a scheme such as com.example.app:/signed-in.');
};

const applicationFields = {
  displayName: text(nameLengthMax),
  permissions: listOf(permission, permissionsMax),
  delegatedPermissions: listOf(permission, permissionsMax),
  publicClient: flag,
  redirectUris: listOf(redirectUri, redirectUrisMax),
};
