import type { FastifyReply, FastifyRequest } from 'fastify';

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export interface RequestIds {
  readonly requestId: string;
  /** What the client calls the request: its own id if it sent a UUID, otherwise ours. Ties audit entries together. */
  readonly clientRequestId: string;
}

export function requestIdsOf(request: FastifyRequest): RequestIds {
  return {
    requestId: request.id,
    clientRequestId: namedRequestId(request.headers['client-request-id']) ?? request.id,
  };
}

/** What a header `client-request-id` names; undefined unless it is a UUID. */
export const namedRequestId = (sent: string | readonly string[] | undefined): string | undefined =>
  typeof sent === 'string' && uuid.test(sent) ? sent.toLowerCase() : undefined;

/** Every answer says both ids. */
export function sendRequestIds(request: FastifyRequest, reply: FastifyReply): void {
  const { requestId, clientRequestId } = requestIdsOf(request);
  reply.header('request-id', requestId);
  reply.header('client-request-id', clientRequestId);
}
