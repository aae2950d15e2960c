import { groupProperties, properties, type ResourceProperty, userProperties } from '@allot/contract';
import {
  describeSurface,
  object,
  type QueryOption,
  resourceSchemas,
  type Schema,
  schemasOf,
  text,
  whole,
} from '../http/openapi/index.ts';
import type { WritableProperties } from '../operations/directory/read-values.ts';
import { notKept } from '../operations/directory/value-readers.ts';
import { writableGroup } from '../operations/directory/writable-group.ts';
import { writableUser } from '../operations/directory/writable-user.ts';
import { graphRoutes } from './routes.ts';

/** Graph's part of what is served, as OpenAPI. */
export const describeGraph = (version: 'v1.0' | 'beta') =>
  describeSurface({
    title: `Allot: Microsoft Graph ${version}`,
    description:
      'The part of Microsoft Graph that is served here. Names compare without case, keys may stand in parentheses, and types may be qualified; docs/graph-compatibility.md has what is different.',
    version,
    routes: graphRoutes.filter(({ path }) => path.startsWith(`/${version}/`)),
    schemas: { ...resourceSchemas(version), ...bodies },
    options,
    parameters,
  });

const referenced: Schema = {
  type: 'array',
  items: { type: 'string', description: 'An address that ends in /directoryObjects/{id}; the host may be any.' },
  maxItems: 20,
};
const bound = { 'members@odata.bind': referenced, 'owners@odata.bind': referenced };

const bodies: Readonly<Record<string, Schema>> = {
  reference: object({ '@odata.context': text, '@odata.id': text }, ['@odata.context']),
  userToCreate: writable(writableUser, userProperties, true),
  userToUpdate: writable(writableUser, userProperties, false),
  groupToCreate: withProperties(writable(writableGroup, groupProperties, true), bound),
  groupToUpdate: withProperties(writable(writableGroup, groupProperties, false), bound),
};

/** What can be set, of which what must be sent to create it. */
function writable(
  { readers, required }: WritableProperties,
  table: readonly ResourceProperty[],
  creating: boolean,
): Schema {
  const kept = Object.keys(readers).filter((name) => readers[name] !== notKept);
  const known = kept.flatMap((name) => table.find((property) => property.name === name) ?? properties('default', name));
  return { type: 'object', properties: schemasOf(known), required: creating ? required : [] };
}

function withProperties(schema: Schema, more: Readonly<Record<string, Schema>>): Schema {
  // What `writable` has put there.
  const own = schema['properties'] as Readonly<Record<string, Schema>>;
  return { ...schema, properties: { ...own, ...more } };
}

const options: Readonly<Record<string, QueryOption>> = {
  $select: { description: 'Names of properties, separated by commas', schema: text },
  $filter: { description: 'A condition in the language of OData', schema: text },
  $orderby: { description: 'A property, then asc or desc', schema: text },
  $top: { description: 'Objects on a page at most', schema: { ...whole, minimum: 1 } },
  $count: {
    description: 'Whether to count everything that meets the filter; with ConsistencyLevel: eventual',
    schema: { type: 'boolean' },
  },
  $skiptoken: { description: 'Where a page begins, as @odata.nextLink has it', schema: text },
  removeLicenses: { description: 'Whether to take its licenses first', schema: { type: 'boolean' } },
};

const parameters: Readonly<Record<string, string>> = {
  id: 'An id; of a user also the user principal name',
  memberId: 'The id of a user or group',
  ownerId: 'The id of a user',
  detailsId: 'The id of one of the licenseDetails',
  uniqueName: 'The unique name of a group',
};
