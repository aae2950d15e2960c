import type { FastifyInstance } from 'fastify';
import { methodNotAllowed } from './register-routes.ts';
import { rootOf } from './root-of.ts';

/** A text that describes the product and nothing of any organization: everybody may read it. */
export interface PublicDocument {
  readonly path: string;
  /** Media type, without a character set. */
  readonly type: string;
  /** @param root address that the client asked, without a slash at the end */
  readonly write: (root: string) => string;
}

/** Adds documents that are read without a token. @param baseUrl the configured address of the installation */
export function registerDocuments(
  app: FastifyInstance,
  { documents, baseUrl }: { readonly documents: readonly PublicDocument[]; readonly baseUrl: string },
): void {
  app.register(async (scope) => {
    for (const { path, type, write } of documents) {
      scope.get(path, async (request, reply) =>
        reply.type(`${type}; charset=utf-8`).send(write(rootOf(request, baseUrl))),
      );
      scope.route({
        method: ['POST', 'PUT', 'PATCH', 'DELETE'],
        url: path,
        handler: async () => {
          throw methodNotAllowed(['GET']);
        },
      });
    }
  });
}
