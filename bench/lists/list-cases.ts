import { sql } from 'kysely';
import type { Context } from '../../packages/server/src/operations/context.ts';
import type { ListRequest } from '../../packages/server/src/operations/directory/list-request.ts';
import type { Attribute, FilterOperator } from '../../packages/store/src/directory/attributes.ts';
import { groupAttributes } from '../../packages/store/src/directory/group-attributes.ts';
import { licenseElements } from '../../packages/store/src/directory/license-elements.ts';
import { userAttributes } from '../../packages/store/src/directory/user-attributes.ts';

export type Collection = 'users' | 'groups';

/** How many objects the list is about: what most have, what a few have, what nobody has, or everything in an order. */
export type Hits = 'many' | 'few' | 'none' | 'all';

/** A list that Graph documents, with values that the directory at hand has. */
export interface ListCase {
  readonly collection: Collection;
  /** What is asked: `department eq`, `$orderby=city desc`. */
  readonly asked: string;
  readonly hits: Hits;
  readonly filter?: string;
  readonly orderBy?: string;
  readonly advanced: boolean;
}

/** The request for the first page of 100. */
export const requestOf = ({ filter, orderBy, advanced }: ListCase): ListRequest => ({
  properties: ['displayName', 'userPrincipalName', 'mail'],
  top: 100,
  filter,
  orderBy,
  advanced,
  count: false,
});

/** Every operator of every attribute that lists can be filtered by, every order, and combinations that administrators ask for. */
export async function listCases(ctx: Context): Promise<readonly ListCase[]> {
  const cases: ListCase[] = [];
  for (const collection of ['users', 'groups'] as const) {
    const table = collection === 'users' ? userAttributes : groupAttributes;
    for (const attribute of table.values()) {
      const samples =
        attribute.column === null || attribute.type === 'extensions' || attribute.type === 'json'
          ? undefined
          : await samplesOf(ctx, collection, attribute);
      cases.push(...filtersOf(attribute, collection, samples), ...ordersOf(attribute, collection));
    }
  }
  return [...cases, ...(await extensionCases(ctx)), ...(await licenseCases(ctx)), ...combinations];
}

/** Values as filters write them. `last`, `first`: only a few values are greater, or less. */
interface Samples {
  readonly many: string;
  readonly few: string;
  readonly none: string;
  readonly first: string;
  readonly last: string;
}

const noSuch: Readonly<Partial<Record<Attribute['type'], string>>> = {
  guid: "'00000000-0000-4000-8000-000000000000'",
  dateTime: '1999-01-01T00:00:00Z',
};

async function samplesOf(
  { db, tenantId }: Pick<Context, 'db' | 'tenantId'>,
  collection: Collection,
  { type, column }: Attribute,
): Promise<Samples | undefined> {
  const table = sql.table(collection === 'users' ? 'allot.directory_user' : 'allot.directory_group');
  const values =
    type === 'strings'
      ? sql`select e.value from ${table}, unnest(${sql.ref(column ?? '')}) as e (value) where tenant_id = ${tenantId}`
      : sql`select ${sql.ref(column ?? '')}::text as value from ${table} where tenant_id = ${tenantId}`;
  return samplesAmong(db, values, type);
}

async function samplesAmong(
  db: Context['db'],
  values: ReturnType<typeof sql<unknown>>,
  type: Attribute['type'],
): Promise<Samples | undefined> {
  const { rows } = await sql<{ [Name in 'many' | 'few' | 'first' | 'last']: string | null }>`
    with counted as materialized (select value, count(*) as holders from (${values}) as v where value is not null group by value)
    select (select value from counted order by holders desc, value limit 1) as many,
           (select value from counted order by holders, value desc limit 1) as few,
           (select value from counted order by lower(value) collate "C" offset (select case when count(*) > 5000 then 50 else 0 end from counted) limit 1) as first,
           (select value from counted order by lower(value) collate "C" desc offset (select case when count(*) > 5000 then 50 else 0 end from counted) limit 1) as last
  `.execute(db);
  const { many = null, few = null, first = null, last = null } = rows[0] ?? {};
  if (many === null) return undefined;
  const written = (value: string | null) => literalOf(value ?? many, type);
  return {
    many: written(many),
    few: written(few),
    first: written(first),
    last: written(last),
    none: noSuch[type] ?? "'zzz none'",
  };
}

function literalOf(value: string, type: Attribute['type']): string {
  if (type === 'boolean') return value === 't' || value === 'true' ? 'true' : 'false';
  if (type === 'dateTime') return new Date(`${value.replace(' ', 'T')}:00`).toISOString();
  return `'${value.replaceAll("'", "''")}'`;
}

const titleCase = { collection: 'users' } as const;

function filtersOf(attribute: Attribute, collection: Collection, samples: Samples | undefined): readonly ListCase[] {
  const { name, type } = attribute;
  const permitted: readonly FilterOperator[] = [...attribute.usual, ...attribute.advanced];
  const conditions =
    samples === undefined ? [] : permitted.flatMap((operator) => conditionsOf(attribute, operator, samples));
  const negated =
    samples === undefined || !permitted.includes('eq') || type === 'strings'
      ? []
      : [{ asked: `not ${name} eq`, hits: 'many' as const, filter: `not (${name} eq ${samples.few})` }];
  return [...conditions, ...negated].map(({ asked, hits, filter, operator }: Condition) => ({
    collection,
    asked,
    hits,
    filter,
    advanced: operator === undefined || !attribute.usual.includes(operator),
  }));
}

interface Condition {
  readonly asked: string;
  readonly hits: Hits;
  readonly filter: string;
  readonly operator?: FilterOperator;
}

function conditionsOf({ name, type }: Attribute, operator: FilterOperator, samples: Samples): readonly Condition[] {
  const { many, few, none, first, last } = samples;
  const asked = (hits: Hits, filter: string, title = `${name} ${operator}`): Condition => ({
    asked: title,
    hits,
    filter,
    operator,
  });
  if (type === 'strings')
    return collectionConditionsOf(name, operator, samples).map(([hits, filter, title]) => asked(hits, filter, title));
  switch (operator) {
    case 'eq':
      return type === 'boolean'
        ? [asked('many', `${name} eq true`), asked('few', `${name} eq false`)]
        : [asked('many', `${name} eq ${many}`), asked('few', `${name} eq ${few}`), asked('none', `${name} eq ${none}`)];
    case 'ne':
      return type === 'boolean' ? [asked('few', `${name} ne true`)] : [asked('many', `${name} ne ${many}`)];
    case 'in':
      return type === 'boolean' ? [asked('few', `${name} in (false)`)] : [asked('few', `${name} in (${few}, ${none})`)];
    case 'ge':
      return [asked('many', `${name} ge ${first}`), asked('few', `${name} ge ${last}`)];
    case 'le':
      return [asked('many', `${name} le ${last}`), asked('few', `${name} le ${first}`)];
    case 'null':
      return [asked('few', `${name} eq null`, `${name} eq null`), asked('many', `${name} ne null`, `${name} ne null`)];
    case 'startsWith':
    case 'endsWith':
    case 'contains': {
      const cut = (value: string) =>
        operator === 'startsWith' ? `'${value.slice(1, -1).slice(0, 3)}'` : `'${value.slice(1, -1).slice(-3)}'`;
      return [
        asked('many', `${operator}(${name},${cut(many)})`),
        asked('few', `${operator}(${name},${few})`),
        asked('none', `${operator}(${name},${none})`),
      ];
    }
    case 'gt':
    case 'lt':
    case 'any':
    case 'count':
      return [];
  }
}

function collectionConditionsOf(
  name: string,
  operator: FilterOperator,
  { many, few, none, last }: Samples,
): readonly (readonly [Hits, string, string])[] {
  const any = (condition: string) => `${name}/any(x:${condition})`;
  const title = `${name}/any ${operator}`;
  switch (operator) {
    case 'eq':
      return [
        ['many', any(`x eq ${many}`), title],
        ['few', any(`x eq ${few}`), title],
        ['none', any(`x eq ${none}`), title],
      ];
    case 'startsWith':
    case 'endsWith': {
      const beginning = (value: string) =>
        operator === 'startsWith' ? `${value.slice(0, 9)}'` : `'${value.slice(-4)}`;
      return [
        ['many', any(`${operator}(x,${beginning(many)})`), title],
        ['few', any(`${operator}(x,${few})`), title],
        ['none', any(`${operator}(x,${none})`), title],
      ];
    }
    case 'in':
      return [['few', any(`x in (${few}, ${none})`), title]];
    case 'ge':
      return [['few', any(`x ge ${last}`), title]];
    case 'le':
      return [['none', any(`x le '!'`), title]];
    case 'any':
      return [['many', `${name}/any()`, `${name}/any()`]];
    case 'count':
      return [
        ['many', `${name}/$count eq 0`, `${name}/$count eq 0`],
        ['none', `${name}/$count eq 9`, `${name}/$count eq 9`],
      ];
    case 'ne':
    case 'null':
    case 'gt':
    case 'lt':
    case 'contains':
      return [];
  }
}

const ordersOf = ({ name, sort }: Attribute, collection: Collection): readonly ListCase[] =>
  sort === 'no'
    ? []
    : ['', ' desc'].map((direction) => ({
        collection,
        asked: `$orderby=${name}${direction}`,
        hits: 'all',
        orderBy: `${name}${direction}`,
        advanced: true,
      }));

/** The fifteen extension attributes behave alike; of the first a third has a value, of the second hardly anybody. */
async function extensionCases({ db, tenantId }: Context): Promise<readonly ListCase[]> {
  const cases: ListCase[] = [];
  for (const number of [1, 2]) {
    const values = sql`select extension_attributes[${number}::int] as value from allot.directory_user where tenant_id = ${tenantId}`;
    const samples = await samplesAmong(db, values, 'string');
    const name = `onPremisesExtensionAttributes/extensionAttribute${number}`;
    const attribute = userAttributes.get('onpremisesextensionattributes');
    if (samples !== undefined && attribute !== undefined)
      cases.push(...filtersOf({ ...attribute, name, type: 'string' }, 'users', samples));
  }
  return cases;
}

async function licenseCases({ db, tenantId }: Context): Promise<readonly ListCase[]> {
  const { rows } = await sql<{ productId: string; planId: string }>`
    select p.product_id as "productId", p.plan_id as "planId" from allot.product_plan p
    join allot.product using (tenant_id, product_id) where p.tenant_id = ${tenantId} order by consumed desc, p.plan_id limit 1
  `.execute(db);
  const { productId = '', planId = '' } = rows[0] ?? {};
  const nobody = '00000000-0000-4000-8000-000000000000';
  const asked: readonly (readonly [Hits, string, boolean])[] = [
    ['many', `assignedLicenses/any(x:x/skuId eq ${productId})`, false],
    ['none', `assignedLicenses/any(x:x/skuId eq ${nobody})`, false],
    ['few', `not assignedLicenses/any(x:x/skuId eq ${productId})`, true],
    ['none', 'assignedLicenses/$count eq 0', true],
    ['many', 'assignedLicenses/$count ne 0', true],
    ['none', 'assignedLicenses/$count eq 9', true],
    ['many', `assignedPlans/any(p:p/servicePlanId eq ${planId} and p/capabilityStatus eq 'Enabled')`, true],
    ['none', `assignedPlans/any(p:p/servicePlanId eq ${planId} and p/capabilityStatus eq 'Deleted')`, true],
    ['few', `not assignedPlans/any(p:p/servicePlanId eq ${planId})`, true],
    ['few', `not provisionedPlans/any(p:p/provisioningStatus eq 'Success')`, true],
    ['many', `provisionedPlans/any(p:p/provisioningStatus eq 'Success')`, true],
    ['none', `provisionedPlans/any(p:p/service eq 'none such')`, true],
  ];
  const collections = Object.keys(licenseElements).length;
  if (collections !== 3) throw new Error('Cases of a collection of licenses are missing.');
  const groups: readonly (readonly [Hits, string])[] = [
    ['few', `assignedLicenses/any(x:x/skuId eq ${productId})`],
    ['none', `assignedLicenses/any(x:x/skuId eq ${nobody})`],
    ['few', 'assignedLicenses/any()'],
    ['few', 'hasMembersWithLicenseErrors eq true'],
  ];
  return [
    ...asked.map(([hits, filter, advanced]) => ({
      ...titleCase,
      asked: filter.replaceAll(/[0-9a-f-]{36}/g, '…'),
      hits,
      filter,
      advanced,
    })),
    ...groups.map(([hits, filter]) => ({
      collection: 'groups' as const,
      asked: filter.replaceAll(/[0-9a-f-]{36}/g, '…'),
      hits,
      filter,
      advanced: false,
    })),
  ];
}

/** Two at a time, as portals and scripts ask. */
const combinations: readonly ListCase[] = (
  [
    ['many', "accountEnabled eq true and userType eq 'Member'", undefined],
    ['few', "accountEnabled eq false and userType eq 'Guest'", undefined],
    ['few', "department eq 'Department 0' and jobTitle eq 'Title 299'", undefined],
    ['few', "department eq 'Department 499' or city eq 'City 199'", undefined],
    ['few', "startsWith(displayName,'given199 surname4') and accountEnabled eq false", undefined],
    ['none', "startsWith(givenName,'zzz') or startsWith(surname,'zzz')", undefined],
    ['many', "usageLocation eq 'US' and accountEnabled eq true", undefined],
    ['many', "usageLocation eq 'US'", 'displayName'],
    ['many', "department eq 'Department 0'", 'displayName'],
    ['few', "department eq 'Department 499'", 'displayName'],
    ['many', "userType eq 'Guest'", 'createdDateTime desc'],
    ['many', "companyName eq 'Company 19'", 'surname'],
    ['none', "city eq 'zzz none'", 'surname desc'],
  ] as const
).map(([hits, filter, orderBy]) => ({
  collection: 'users',
  asked: orderBy === undefined ? filter : `${filter} $orderby=${orderBy}`,
  hits,
  filter,
  ...(orderBy === undefined ? {} : { orderBy }),
  advanced: orderBy !== undefined,
}));
