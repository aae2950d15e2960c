import type { ApiError } from '@allot/contract';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { describeError } from './describe-error.ts';
import type { Limits } from './limits.ts';
import { loggableUrl } from './loggable-url.ts';
import { type RequestIds, requestIdsOf, sendRequestIds } from './request-ids.ts';

/** The one door out for errors: whatever was thrown becomes Graph's body, and what the operator needs is logged. */
export const errorDoor =
  (limits: Limits) =>
  (error: unknown, request: FastifyRequest, reply: FastifyReply): void => {
    const described = describeError(error, limits);
    if (described.status >= 500) {
      request.log.error(
        { err: error, requestId: request.id, method: request.method, url: loggableUrl(request.url) },
        described.message,
      );
    }
    sendRequestIds(request, reply);
    reply
      .code(described.status)
      .headers(described.headers ?? {})
      .send(errorBody(described, requestIdsOf(request)));
  };

/** The body of an error as Graph sends it; `advice` and the details say what to do next. */
export function errorBody(error: ApiError, { requestId, clientRequestId }: RequestIds): object {
  const { code, message, details, advice, refusal, status } = error;
  return {
    error: {
      code,
      message,
      ...(details === undefined ? {} : { details }),
      innerError: {
        // Graph says it twice, and clients look for it here as well.
        ...(status === 429 ? { code: '429', message: 'Please retry after', status: '429' } : {}),
        ...(refusal === undefined ? {} : { code: refusal }),
        date: new Date().toISOString().slice(0, 19),
        'request-id': requestId,
        'client-request-id': clientRequestId,
        ...(advice === undefined ? {} : { advice }),
      },
    },
  };
}
