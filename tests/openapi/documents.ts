import { apiDocuments, apiRoutes } from '../../packages/server/src/api/index.ts';
import { graphDocuments, graphRoutes } from '../../packages/server/src/graph/index.ts';
import type { Route } from '../../packages/server/src/http/index.ts';

/** An OpenAPI document as far as tests look into it. */
export interface OpenApi {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, unknown>> };
}

interface Operation {
  readonly operationId: string;
  readonly security: readonly { readonly bearer: readonly string[] }[];
  readonly parameters?: readonly { readonly name: string; readonly in: string }[];
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, unknown>> }>>;
}

/** Each surface: what its paths begin with, its routes, and its document. */
export const surfaces: readonly {
  readonly prefix: string;
  readonly routes: readonly Route[];
  readonly document: OpenApi;
}[] = [surface('/v1.0', graphRoutes), surface('/beta', graphRoutes), surface('/allot/v1', apiRoutes)];

function surface(prefix: string, routes: readonly Route[]) {
  const written = [...graphDocuments, ...apiDocuments].find(({ path }) => path === `${prefix}/openapi.json`);
  const document: OpenApi = JSON.parse(written?.write('https://licenses.example') ?? '{}');
  return { prefix, routes: routes.filter(({ path }) => path.startsWith(`${prefix}/`)), document };
}
