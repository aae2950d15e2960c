import { randomUUID } from 'node:crypto';

import { errors } from 'oidc-provider';
import type { KoaContextWithOIDC } from 'oidc-provider';

import { isDatabaseUnavailable } from '@allot/store';
import type { Log } from '@allot/store';

/** Seconds a client is asked to wait when sign-in cannot answer now. */
const retryAfterSeconds = 1;

/** What is refused: the HTTP status, OAuth's word for it, Entra's number, and a sentence that says what to do. */
export type TokenError = {
  readonly status: number;
  readonly error: string;
  /** The number behind `AADSTS`, on which Microsoft's libraries match. */
  readonly code: number;
  readonly sentence: string;
};

export type TokenErrorIds = { readonly traceId: string; readonly correlationId: string };

/** The body in the shape that Microsoft's libraries read. The first line of the description is what people want to see. */
export function tokenErrorBody({ error, code, sentence }: TokenError, { traceId, correlationId }: TokenErrorIds) {
  const now = new Date().toISOString();
  return {
    error,
    error_description: `AADSTS${code}: ${sentence}\r\nTrace ID: ${traceId}\r\nCorrelation ID: ${correlationId}\r\nTimestamp: ${now}`,
    error_codes: [code],
    timestamp: now,
    trace_id: traceId,
    correlation_id: correlationId,
  };
}

/** The ids of a request: ours, and the one its client made up, if it is one. */
export function idsOf(requestId: unknown, clientRequestId: unknown): TokenErrorIds {
  const traceId = typeof requestId === 'string' && requestId !== '' ? requestId : randomUUID();
  const given = typeof clientRequestId === 'string' && uuid.test(clientRequestId) ? clientRequestId : undefined;
  return { traceId, correlationId: given ?? traceId };
}

/** The one door for errors of the provider: gives the client the sentence, and the operator the reason. */
export function answerError(ctx: KoaContextWithOIDC, error: Error, tenantId: string, log: Log): void {
  const refusal = explain(error, tenantId, ctx.oidc.params?.['client_assertion'] !== undefined);
  // A program that waits for a person asks every few seconds.
  const expected = refusal.error === 'authorization_pending';
  const ids = idsOf(ctx.response.get('request-id'), ctx.get('client-request-id'));
  ctx.status = refusal.status;
  if (refusal.status === 429 || refusal.status === 503) ctx.set('Retry-After', String(retryAfterSeconds));
  ctx.body = tokenErrorBody(refusal, ids);
  const details = { ...ids, tenantId, clientId: ctx.oidc.client?.clientId, code: refusal.code };
  if (refusal.status >= 500) log.error({ ...details, err: error }, 'A token could not be issued');
  else if (!expected) log.info({ ...details, reason: reasonOf(error) }, 'A token was refused');
}

/** What a browser shows of an error. */
export const sentenceOf = (error: Error, tenantId: string): string => explain(error, tenantId).sentence;

export const unknownTenant = (tenant: string): TokenError => ({
  status: 400,
  error: 'invalid_request',
  code: 90002,
  sentence:
    `Tenant '${tenant}' not found. Put the id of a tenant of this installation or its initial domain in the ` +
    'address: /{tenant}/oauth2/v2.0/token. The id of the first one is in credentials.json in the data directory.',
});

function explain(error: Error, tenantId: string, asserted = false): TokenError {
  if (!(error instanceof errors.OIDCProviderError) || !error.expose) return explainOwnFault(error);
  const { statusCode: status, error: word, error_description: description = error.message } = error;
  const say = (code: number, sentence: string): TokenError => ({ status, error: word, code, sentence });
  switch (word) {
    case 'invalid_client':
      if (asserted) {
        return say(
          700027,
          `The client assertion is not good (${reasonOf(error)}). Register the certificate, and sign each assertion anew, for this endpoint.`,
        );
      }
      return detailOf(error)?.startsWith(noSecret)
        ? say(7000218, "The request must carry 'client_id' and 'client_secret', in the body or as Basic authorization.")
        : say(
            7000215,
            `Tenant ${tenantId} has no application with this client id and secret. Send the secret itself, and percent-encode both when you send them as Basic.`,
          );
    case 'invalid_scope':
      return say(1002012, description);
    case 'invalid_target':
      return say(500011, description);
    case 'unsupported_grant_type':
      return say(
        70003,
        "This grant type is not served. Send 'grant_type=client_credentials', or that of an authorization code, device code or refresh token.",
      );
    case 'authorization_pending':
      return say(70016, 'The person has not signed in yet. Ask again in a few seconds.');
    case 'expired_token':
      return say(70020, 'The device code is too old. Ask for a new one.');
    case 'access_denied':
      return say(65004, 'The person canceled the sign-in.');
    case 'invalid_grant':
      return say(
        70008,
        `The code or refresh token is not good, too old, or used already (${reasonOf(error)}). Sign in again.`,
      );
    case 'unauthorized_client':
      return say(700016, `The application may not sign in this way: ${description}.`);
    case 'invalid_redirect_uri':
      return say(
        50011,
        'The redirect URI of the request is not one of those registered for the application. Register it, or correct the request.',
      );
    case 'temporarily_unavailable':
      return say(
        90033,
        'Too many secrets are being checked. Try again in a second, and keep tokens until they expire.',
      );
    case 'invalid_request':
      return /^missing required parameter|^no client authentication/.test(description)
        ? say(900144, `The request body must contain 'grant_type', 'client_id' and 'client_secret': ${description}.`)
        : say(
            9002313,
            `Invalid request: ${description}. Send a form: POST, application/x-www-form-urlencoded, each parameter once.`,
          );
    default:
      return say(9002313, `Invalid request: ${description}.`);
  }
}

function explainOwnFault(error: Error): TokenError {
  return isDatabaseUnavailable(error)
    ? {
        status: 503,
        error: 'temporarily_unavailable',
        code: 90033,
        sentence: 'The database cannot be reached. Try again.',
      }
    : {
        status: 500,
        error: 'server_error',
        code: 50000,
        sentence: 'A token could not be issued. The log says why, under this trace id.',
      };
}

/** How the provider's detail starts when a client sent no secret. */
const noSecret = 'the provided authentication mechanism does not match';

const reasonOf = (error: Error): string =>
  error instanceof errors.OIDCProviderError
    ? (error.error_detail ?? error.error_description ?? error.message)
    : error.message;

const detailOf = (error: Error): string | undefined =>
  error instanceof errors.OIDCProviderError ? error.error_detail : undefined;

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
