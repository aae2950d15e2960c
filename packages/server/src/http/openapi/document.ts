import { documentedPath, parametersOf } from '../documented-path.ts';
import type { AnswerShape, Route } from '../route.ts';
import { errorSchema } from './error-schema.ts';
import { anyOf, count, list, object, ref, type Schema, text } from './json-schema.ts';

/** A part of what is served, to be described. */
export interface DescribedSurface {
  readonly title: string;
  readonly description: string;
  /** Of this interface, not of the product. */
  readonly version: string;
  readonly routes: readonly Route[];
  /** By the names that routes give to bodies and answers. */
  readonly schemas: Readonly<Record<string, Schema>>;
  /** Every query option that a route takes, by name. */
  readonly options: Readonly<Record<string, QueryOption>>;
  /** What a part of a path is, by the name that routes give it. */
  readonly parameters: Readonly<Record<string, string>>;
}

export interface QueryOption {
  readonly description: string;
  readonly schema: Schema;
}

/** An OpenAPI 3.1 document, without its servers. @throws Error when a route speaks of something that has no description */
export function describeSurface(surface: DescribedSurface): Readonly<Record<string, unknown>> {
  const routes = surface.routes.filter(({ describe }) => describe.isAlias !== true);
  const paths = Object.fromEntries(
    [...Map.groupBy(routes, ({ path }) => path)].map(([path, rows]) => [
      documentedPath(path),
      Object.fromEntries(rows.map((row) => [row.method.toLowerCase(), operationOf(row, surface)])),
    ]),
  );
  return {
    openapi: '3.1.0',
    jsonSchemaDialect: 'https://json-schema.org/draft/2020-12/schema',
    info: { title: surface.title, description: surface.description, version: surface.version },
    paths,
    components: {
      schemas: usedSchemas(paths, { ...surface.schemas, error: errorSchema, text }),
      securitySchemes: {
        bearer: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'JWT',
          description:
            'A token of POST /{tenant}/oauth2/v2.0/token. Its roles are the permissions that operations name.',
        },
      },
    },
  };
}

function operationOf({ path, permissions, describe }: Route, surface: DescribedSurface): Schema {
  const { operation, summary, differs, body, answers } = describe;
  const parameters = [
    ...parametersOf(path).map((name) => ({
      name,
      in: 'path',
      required: true,
      description: found(surface.parameters, name, path),
      schema: text,
    })),
    ...(describe.query ?? []).map((name) => {
      const { description, schema } = found(surface.options, name, path);
      return { name, in: 'query', required: describe.requiredQuery?.includes(name) ?? false, description, schema };
    }),
  ];
  return {
    operationId: operation,
    summary,
    ...(differs === undefined ? {} : { description: `Different from Microsoft Graph: ${differs}` }),
    tags: [path.replace(/^\/(?:allot\/)?[^/]+\//, '').split('/')[0] ?? ''],
    // Any one of them is enough.
    security: permissions.map((permission) => ({ bearer: [permission] })),
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(body === undefined ? {} : { requestBody: requestBody(body) }),
    responses: {
      ...Object.fromEntries(Object.entries(answers).map(([status, shape]) => [status, response(shape)])),
      default: { description: 'An error; advice says what to do.', content: json(ref('error')) },
    },
  };
}

function found<T>(known: Readonly<Record<string, T>>, name: string, path: string): T {
  const value = known[name];
  if (value === undefined) throw new Error(`${path}: nothing describes '${name}'; add it to the description.`);
  return value;
}

const json = (schema: Schema) => ({ 'application/json': { schema } });

const requestBody = (name: string): Schema =>
  name === 'file'
    ? { required: true, content: { 'text/csv': { schema: text } } }
    : { required: true, content: json(ref(name)) };

function response(shape: AnswerShape): Schema {
  switch (shape.kind) {
    case 'nothing':
      return { description: 'Done, or accepted; there is no body.' };
    case 'text':
      return { description: 'A number.', content: { 'text/plain': { schema: { type: 'string', pattern: '^\\d+$' } } } };
    case 'one':
      return { description: 'What was asked for.', content: json(anyOf(...shape.schemas.map(ref))) };
    case 'many':
      return { description: 'A list.', content: json(collectionOf(anyOf(...shape.schemas.map(ref)))) };
  }
}

const collectionOf = (item: Schema): Schema =>
  object(
    {
      '@odata.context': text,
      '@odata.count': count,
      '@allot.countMin': count,
      '@odata.nextLink': text,
      value: list(item),
    },
    ['@odata.context', '@odata.count', '@allot.countMin', '@odata.nextLink'],
  );

/** Those that something refers to. @throws Error when there is none of a name */
function usedSchemas(paths: unknown, schemas: Readonly<Record<string, Schema>>): Readonly<Record<string, Schema>> {
  const used = new Set<string>();
  const visit = (value: unknown): void => {
    for (const [, name = ''] of JSON.stringify(value).matchAll(/"#\/components\/schemas\/(\w+)"/g)) {
      if (used.has(name)) continue;
      used.add(name);
      visit(found(schemas, name, 'components'));
    }
  };
  visit(paths);
  return Object.fromEntries(Object.entries(schemas).filter(([name]) => used.has(name)));
}

/** The document as it is served: `servers` is where the client asked. */
export const openApiDocument = (path: string, describe: () => Readonly<Record<string, unknown>>) => {
  let described: Readonly<Record<string, unknown>> | undefined;
  return {
    path,
    type: 'application/json',
    write: (root: string) => JSON.stringify({ ...(described ??= describe()), servers: [{ url: root }] }),
  };
};
