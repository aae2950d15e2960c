import { ApiError } from '@allot/contract';
import { isConcurrencyFailure, isDatabaseUnavailable, isDiskFull, isTenantGone } from '@allot/store';
import { PrivilegesInsufficient, TokenRefused } from '../sign-in/refusals.ts';
import type { Limits } from './limits.ts';

/** Seconds after which a client should try again, when it is the server's fault. */
const retryAfterSeconds = 5;

/**
 * What a caller may know of an error. The texts of errors that nobody expected never leave the server: they may quote
 * statements, paths and data.
 */
export function describeError(error: unknown, limits: Limits): ApiError {
  if (error instanceof ApiError) return error;
  if (error instanceof TokenRefused) {
    return new ApiError(401, error.code, error.message, { headers: error.headers });
  }
  if (isTenantGone(error)) {
    // As of a token whose signature cannot be checked, which it is as soon as its tenant's keys are forgotten.
    return new ApiError(401, 'InvalidAuthenticationToken', 'Access token validation failure. Invalid signature.', {
      advice: 'The tenant that issued this token is not there any more. Sign in to another one.',
      headers: { 'www-authenticate': 'Bearer realm="", error="invalid_token"' },
    });
  }
  if (error instanceof PrivilegesInsufficient) {
    return new ApiError(403, error.code, error.message, {
      advice: error.hint,
      details: error.anyOf.map((permission) => ({
        target: permission,
        code: 'PermissionRequired',
        message: permission,
      })),
    });
  }
  return describeProtocolError(codeOf(error), limits) ?? describeServerError(error);
}

function describeProtocolError(code: string, limits: Limits): ApiError | undefined {
  switch (code) {
    case 'FST_ERR_CTP_INVALID_JSON_BODY':
    case 'FST_ERR_CTP_EMPTY_JSON_BODY':
    case 'FST_ERR_CTP_INVALID_CONTENT_LENGTH':
      return new ApiError(400, 'BadRequest', unreadable, { advice: 'Send one JSON value in UTF-8.' });
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return new ApiError(413, 'RequestEntityTooLarge', 'The request body is too large.', {
        advice: `Send at most ${limits.bodyBytesMax} bytes at a time; split the request.`,
      });
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
    case 'FST_ERR_CTP_INVALID_TYPE':
      return new ApiError(415, 'UnsupportedMediaType', 'The content type of the request body is not supported.', {
        advice: "Send JSON with the header 'Content-Type: application/json'.",
      });
    case 'FST_ERR_BAD_URL':
      return new ApiError(400, 'BadRequest', 'The request URI is not valid.', {
        advice: 'Encode the address as UTF-8, with % only before two hexadecimal digits.',
      });
    case 'FST_ERR_MAX_PARAM_LENGTH':
      return new ApiError(414, 'BadRequest', 'A part of the request URI is too long.', {
        advice: `No id or name has more than ${limits.pathPartLengthMax} characters.`,
      });
    case 'FST_ERR_REOPENED_CLOSE_SERVER':
      return new ApiError(503, 'ServiceUnavailable', 'The server is stopping. Nothing was changed.', {
        advice: 'Send the request again in a few seconds.',
        headers: { 'retry-after': String(retryAfterSeconds) },
      });
    default:
      return undefined;
  }
}

const unreadable =
  'Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid JSON format.';

function describeServerError(error: unknown): ApiError {
  const headers = { 'retry-after': String(retryAfterSeconds) };
  if (isDiskFull(error)) {
    return new ApiError(507, 'InsufficientStorage', 'The server has no room left. Nothing was changed.', {
      advice: 'The operator must make room on the disk of the database; then send the request again.',
      headers,
    });
  }
  if (isConcurrencyFailure(error)) {
    return new ApiError(503, 'ServiceUnavailable', 'Other changes were in the way. Nothing was changed.', {
      advice: 'Send the request again in a few seconds.',
      headers,
    });
  }
  if (isDatabaseUnavailable(error)) {
    const known = !brokenWhileAnswering.has(codeOf(error)) && !/terminated unexpectedly/.test(messageOf(error));
    return new ApiError(
      503,
      'ServiceUnavailable',
      known
        ? 'The database is not available at the moment. Nothing was changed.'
        : 'The database went away while it was answering. Unless it had finished already, nothing was changed.',
      {
        advice: known
          ? 'Send the request again in a few seconds.'
          : 'Look whether the change was made, then send the request again if it was not.',
        headers,
      },
    );
  }
  return new ApiError(500, 'InternalServerError', 'The server encountered an unexpected error.', {
    advice: 'Tell the operator the request-id; the log has the cause under it.',
  });
}

/** A connection that breaks may take the answer of a commit with it. */
const brokenWhileAnswering: ReadonlySet<string> = new Set(['ECONNRESET', 'EPIPE', '08006', '08003', '57P02']);

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : '');
