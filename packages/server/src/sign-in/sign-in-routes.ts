import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Provider } from 'oidc-provider';

import { findTenantByIdOrDomain, forTenant } from '@allot/store';
import type { Handle, Log, TenantName } from '@allot/store';

import type { Address } from './address.ts';
import type { SignInCheck } from './people/check-sign-in.ts';
import { readLink, useLink } from './people/use-link.ts';
import type { Page } from './pages/page.ts';
import { linkPage, linkUsedPage, problemPage, signInPage } from './pages/sign-in-pages.ts';

export type SignInRouteParts = {
  readonly db: Handle;
  readonly address: Address;
  readonly log: Log;
  readonly providerOf: (tenantId: string) => Promise<Provider>;
  readonly checkSignIn: SignInCheck;
};

type Request = FastifyRequest<{ Params: { tenant: string; uid: string; token: string } }>;

/** No form here is longer: three fields of people. */
const formBytesMax = 16 * 1024;

/** The pages on which people sign in, and those that one-time links open. */
export function registerSignInPages(app: FastifyInstance, parts: SignInRouteParts): void {
  app.register(async (routes) => {
    routes.removeAllContentTypeParsers();
    routes.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'string', bodyLimit: formBytesMax },
      (_request, body, done) => done(null, new URLSearchParams(String(body))),
    );
    routes.addHook('onRequest', async (request, reply) => {
      if (request.method === 'POST' && !isFromHere(request, parts.address)) return answer(reply, 403, strangersPage());
    });
    const page = (handle: Handler) => (request: Request, reply: FastifyReply) => guard(request, reply, parts, handle);
    routes.get('/:tenant/sign-in/:uid', page(showSignIn));
    routes.post('/:tenant/sign-in/:uid', page(takeSignIn));
    routes.get('/:tenant/sign-in/link/:token', page(showLink));
    routes.post('/:tenant/sign-in/link/:token', page(takeLink));
  });
}

type Handler = (visit: Visit) => Promise<FastifyReply>;

type Visit = SignInRouteParts & {
  readonly request: Request;
  readonly reply: FastifyReply;
  readonly tenant: TenantName;
};

async function guard(request: Request, reply: FastifyReply, parts: SignInRouteParts, handle: Handler) {
  try {
    const tenant = await findTenantByIdOrDomain(parts.db, request.params.tenant);
    if (tenant === undefined)
      return await answer(reply, 404, problemPage('Not found', 'There is no such organization here.'));
    return await handle({ ...parts, db: forTenant(parts.db, tenant.tenantId), request, reply, tenant });
  } catch (error) {
    if (reply.sent) throw error;
    parts.log.error({ err: error, requestId: request.id }, 'A page of sign-in could not be shown');
    const text = 'The server could not do this. Try again in a few seconds; the operator finds the cause in the log.';
    return answer(reply, 503, problemPage('That did not work', text));
  }
}

async function showSignIn(visit: Visit): Promise<FastifyReply> {
  const interaction = await interactionOf(visit);
  if (interaction === undefined) return answer(visit.reply, 400, expiredPage());
  const { login_hint: hint } = interaction.params;
  return answer(visit.reply, 200, await formOf(visit, interaction, typeof hint === 'string' ? hint : ''));
}

async function takeSignIn(visit: Visit): Promise<FastifyReply> {
  const { request, reply, tenant, providerOf, checkSignIn } = visit;
  const interaction = await interactionOf(visit);
  if (interaction === undefined) return answer(reply, 400, expiredPage());
  const form = formOfBody(request);
  const provider = await providerOf(tenant.tenantId);
  const finish = async (result: Parameters<Provider['interactionFinished']>[2]) => {
    const returnTo = await provider.interactionResult(request.raw, reply.raw, result);
    return reply.code(303).header('location', returnTo).header('cache-control', 'no-store').send();
  };
  if (form.get('action') === 'cancel') {
    return finish({ error: 'access_denied', error_description: 'The person canceled the sign-in' });
  }
  const [name, password, code] = ['name', 'password', 'code'].map((field) => form.get(field) ?? '');
  const result = await checkSignIn(tenant.tenantId, {
    name: name?.trim() ?? '',
    password: password ?? '',
    code: code ?? '',
  });
  if ('refusal' in result) {
    return answer(reply, 400, await formOf(visit, interaction, name ?? '', result.refusal));
  }
  const login = { accountId: result.accountId, remember: true, amr: ['pwd', 'otp', 'mfa'] };
  return finish({ login, select_account: {}, consent: {} });
}

async function showLink({ db, tenant, request, reply }: Visit): Promise<FastifyReply> {
  const link = await readLink(db, tenant.tenantId, request.params.token);
  if (link === undefined) return answer(reply, 410, linkGonePage());
  return answer(reply, 200, linkPage({ ...link, tenantName: tenant.displayName }));
}

async function takeLink({ db, tenant, request, reply, address }: Visit): Promise<FastifyReply> {
  const { token } = request.params;
  const link = await readLink(db, tenant.tenantId, token);
  if (link === undefined) return answer(reply, 410, linkGonePage());
  const form = formOfBody(request);
  const [password = '', repeated = '', code = ''] = ['password', 'repeated', 'code'].map(
    (name) => form.get(name) ?? '',
  );
  const used = await useLink(db, tenant.tenantId, token, { password, repeated, code });
  if (used === 'gone') return answer(reply, 410, linkGonePage());
  if (used.refusal !== undefined) {
    return answer(reply, 400, linkPage({ ...link, tenantName: tenant.displayName, problem: used.refusal }));
  }
  return answer(reply, 200, linkUsedPage(link.person, address.base));
}

type Interaction = Awaited<ReturnType<Provider['interactionDetails']>>;

/** The sign-in that this browser has begun; its cookie is good for the page of that sign-in only. */
async function interactionOf({ request, reply, tenant, providerOf }: Visit): Promise<Interaction | undefined> {
  const provider = await providerOf(tenant.tenantId);
  try {
    const interaction = await provider.interactionDetails(request.raw, reply.raw);
    return interaction.uid === request.params.uid ? interaction : undefined;
  } catch (error) {
    if (error instanceof Error && error.name === 'SessionNotFound') return undefined;
    throw error;
  }
}

async function formOf(
  { tenant, providerOf }: Visit,
  { params }: Interaction,
  name: string,
  problem?: string,
): Promise<Page> {
  const clientId = String(params['client_id']);
  const client = await (await providerOf(tenant.tenantId)).Client.find(clientId);
  const redirectUri = typeof params['redirect_uri'] === 'string' ? params['redirect_uri'] : undefined;
  const more = problem === undefined ? {} : { problem };
  return signInPage({
    tenantName: tenant.displayName,
    clientName: client?.clientName ?? clientId,
    redirectUri,
    name,
    ...more,
  });
}

const formOfBody = ({ body }: Request): URLSearchParams =>
  body instanceof URLSearchParams ? body : new URLSearchParams();

/** Browsers say where a form was; one of another site is nobody's wish. Programs say nothing, and have no cookies. */
function isFromHere({ headers }: FastifyRequest, { base }: Address): boolean {
  const { origin } = headers;
  const site = headers['sec-fetch-site'];
  if (site === 'cross-site') return false;
  // With `no-referrer` browsers send a null origin, and then say the site.
  return origin === undefined || origin === 'null' || origin === new URL(base).origin;
}

function answer(reply: FastifyReply, status: number, { html, headers }: Page): FastifyReply {
  return reply.code(status).headers(headers).send(html);
}

const expiredPage = (): Page =>
  problemPage(
    'Begin again',
    'This sign-in is over, too old, or was begun in another browser. Go back to the application, begin again, and allow cookies for this address.',
  );

const linkGonePage = (): Page =>
  problemPage('This link is not good', 'It was used, or is too old. Ask an administrator for a new one-time link.');

const strangersPage = (): Page =>
  problemPage('Not from here', 'This form was sent by another site. Go back to the application and sign in again.');
