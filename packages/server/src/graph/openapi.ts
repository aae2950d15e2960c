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

const strings: Schema = { type: 'array', items: text };
const headers: Schema = { type: 'object', additionalProperties: text };

/** Objects of a delta query: as of a list, or what is gone, with members and managers that came and went. */
const delta = (of: 'user' | 'group'): Schema => ({
  type: 'object',
  properties: {
    value: {
      type: 'array',
      items: {
        type: 'object',
        properties: {
          id: text,
          '@removed': object({ reason: { type: 'string', enum: ['changed', 'deleted'] } }),
          [of === 'user' ? 'manager@delta' : 'members@delta']: {
            type: 'array',
            items: object({ '@odata.type': text, id: text, '@removed': { type: 'object' } }, [
              '@odata.type',
              '@removed',
            ]),
          },
        },
        required: ['id'],
      },
    },
    '@odata.context': text,
    '@odata.nextLink': text,
    '@odata.deltaLink': text,
  },
  required: ['value'],
  additionalProperties: false,
});

const bodies: Readonly<Record<string, Schema>> = {
  batch: object({
    requests: {
      type: 'array',
      minItems: 1,
      maxItems: 20,
      items: object({ id: text, method: text, url: text, headers, body: {}, dependsOn: strings }, [
        'headers',
        'body',
        'dependsOn',
      ]),
    },
  }),
  batchResponses: object({
    responses: { type: 'array', items: object({ id: text, status: whole, headers, body: {} }, ['body']) },
  }),
  usersDelta: delta('user'),
  groupsDelta: delta('group'),
  subscriptionToCreate: object(
    {
      changeType: text,
      resource: text,
      notificationUrl: text,
      lifecycleNotificationUrl: text,
      expirationDateTime: text,
      clientState: text,
    },
    ['lifecycleNotificationUrl', 'clientState'],
  ),
  unifiedRoleAssignmentToCreate: object({ principalId: text, roleDefinitionId: text, directoryScopeId: text }),
  subscriptionToRenew: object({ expirationDateTime: text }),
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
  $search: {
    description: 'Clauses such as "displayName:ann", joined by AND and OR; with ConsistencyLevel: eventual',
    schema: text,
  },
  $expand: { description: 'What else to show of each object: manager($select=id)', schema: text },
  $deltatoken: { description: 'Where to go on, as @odata.deltaLink has it; or latest', schema: text },
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
