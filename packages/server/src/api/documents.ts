import type { PublicDocument } from '../http/index.ts';
import { describeSurface, openApiDocument, type QueryOption, resourceSchemas, text } from '../http/openapi/index.ts';
import { apiRoutes } from './routes.ts';
import { catalogueSchemas } from './schemas/catalogue.ts';
import { licensingSchemas } from './schemas/licensing.ts';
import { peopleSchemas } from './schemas/people.ts';

const flag = { type: 'boolean' };

const options: Readonly<Record<string, QueryOption>> = {
  skuId: { description: 'The id of a product', schema: text },
  error: { description: 'The name of an error, as GET /groups/{id}/errors tells it', schema: text },
  source: {
    description: 'Whether also errors of licenses from groups count',
    schema: { type: 'string', enum: ['direct', 'any'], default: 'direct' },
  },
  $top: { description: 'Entries on a page at most', schema: { type: 'integer', minimum: 1, maximum: 1_000 } },
  $skiptoken: { description: 'Where a page begins, as @odata.nextLink has it', schema: text },
  since: { description: 'A position of an earlier answer: wait until something changes', schema: text },
  at: { description: 'An instant with its zone: 2026-11-20T08:00:00Z', schema: text },
  from: { description: 'The first instant; a month before the last one, unless told', schema: text },
  to: { description: 'The last instant; now, unless told', schema: text },
  points: {
    description: 'How many instants, the first and the last among them',
    schema: { type: 'integer', minimum: 2, maximum: 400 },
  },
  dryRun: { description: 'Whether only to say what it would do', schema: flag },
  preview: { description: 'That of a dry run; refused with 409 unless exactly that happens', schema: text },
  skipBad: { description: 'Whether to import the rows that are right when others are not', schema: flag },
  map: { description: 'What columns are that nobody knows by name: a JSON object', schema: text },
};

/** What the own API says of itself. */
export const apiDocuments: readonly PublicDocument[] = [
  openApiDocument('/allot/v1/openapi.json', () =>
    describeSurface({
      title: 'Allot',
      description: 'What Microsoft Graph has no word for. Errors have the body that Graph has.',
      version: 'v1',
      routes: apiRoutes,
      schemas: { ...resourceSchemas('v1.0'), ...catalogueSchemas, ...licensingSchemas, ...peopleSchemas },
      options,
      parameters: {
        id: 'An id; of a user also the user principal name',
        thumbprint: 'SHA-256 of a certificate, in base64url',
      },
    }),
  ),
];
