import assert from 'node:assert/strict';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { documentedPath } from '../../packages/server/src/http/documented-path.ts';
import type { Route } from '../../packages/server/src/http/index.ts';
import { rewriteUrl } from '../../packages/server/src/http/rewrite-url.ts';
import { surfaces } from './documents.ts';

/** An answer as it came: its body as text. */
export interface SentAnswer {
  readonly method: string;
  /** As it was asked, with or without host and query. */
  readonly path: string;
  readonly status: number;
  readonly contentType: string | null;
  readonly text: string;
}

// The formats are told by patterns besides; whatever OpenAPI has around the schemas is none of them.
const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true });
for (const { prefix, document } of surfaces) ajv.addSchema(document, prefix);

const routes = surfaces.flatMap(({ prefix, document, routes: rows }) =>
  rows.map((route) => ({ prefix, document, route, segments: segmentsOf(route.path) })),
);
type Described = (typeof routes)[number];

/** Fails unless the answer is one that the OpenAPI document of its route describes. Answers of what it does not describe pass. */
export function checkAnswer(answer: SentAnswer): void {
  const described = routeOf(answer);
  if (described === undefined || answer.method === 'HEAD') return;
  const { route, document, prefix } = described;
  const what = `${answer.method} ${answer.path} ${answer.status}`;
  const documented = documentedPathOf(described);
  const operation = document.paths[documented]?.[route.method.toLowerCase()];
  assert.ok(operation !== undefined, `${what}: the OpenAPI document has no such operation`);
  const key = answer.status >= 400 ? 'default' : String(answer.status);
  const response = operation.responses[key];
  assert.ok(response !== undefined, `${what}: the OpenAPI document has no such status`);
  const [type] = Object.keys(response.content ?? {});
  if (type === undefined) {
    assert.equal(answer.text, '', `${what}: a body where none is described`);
    return;
  }
  assert.equal(answer.contentType?.split(';')[0], type, what);
  const pointer = ['paths', documented, route.method.toLowerCase(), 'responses', key, 'content', type, 'schema'];
  const validate = validatorOf(`${prefix}#/${pointer.map(escapePointer).join('/')}`);
  const body: unknown = type === 'application/json' ? JSON.parse(answer.text) : answer.text;
  if (validate(body)) return;
  assert.fail(
    `${what} is not as its OpenAPI document says: ${ajv.errorsText(validate.errors)}\n${answer.text.slice(0, 2_000)}`,
  );
}

/** The same of what `fetch` was answered. @param text its body */
export const checkResponse = (method: string, path: string, { status, headers }: Response, text: string): void =>
  checkAnswer({ method, path, status, contentType: headers.get('content-type'), text });

/** The address of what an alias is another way to write. */
function documentedPathOf({ route, prefix }: Described): string {
  const own = routes.find(
    (other) =>
      other.prefix === prefix &&
      other.route.describe.isAlias !== true &&
      other.route.describe.operation === route.describe.operation,
  );
  return documentedPath(own?.route.path ?? route.path);
}

function routeOf({ method, path }: SentAnswer): Described | undefined {
  const asked = segmentsOf(rewriteUrl(path.replace(/^https?:\/\/[^/]+/, '')).replace(/\?.*$/s, ''));
  const matching = routes.filter(({ route, segments }) => route.method === method && matches(segments, asked));
  // As the router does: a literal part before a parameter.
  return matching.toSorted((a, b) => literalIn(b.route) - literalIn(a.route))[0];
}

const literalIn = ({ path }: Route): number => path.replaceAll(/:\w+/g, '').length;

function segmentsOf(path: string): readonly string[] {
  return path.split('/').filter((segment) => segment !== '');
}

const matches = (segments: readonly string[], asked: readonly string[]): boolean =>
  segments.length === asked.length &&
  segments.every((segment, at) => {
    const [literal = '', parameter] = segment.split(':');
    const part = (asked[at] ?? '').toLowerCase();
    return parameter === undefined ? literal.toLowerCase() === part : part.startsWith(literal.toLowerCase());
  });

const validators = new Map<string, ValidateFunction>();

function validatorOf(ref: string): ValidateFunction {
  const known = validators.get(ref) ?? ajv.compile({ $ref: ref });
  validators.set(ref, known);
  return known;
}

const escapePointer = (part: string): string => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'));
