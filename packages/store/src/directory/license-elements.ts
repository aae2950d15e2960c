import type { Filter, Path, Quantified } from '@allot/engine';
import { type RawBuilder, sql } from 'kysely';
import type { Handle } from '../handle.ts';
import { attributes, attributeTable, type AttributeTable, operators } from './attributes.ts';
import { compileFilter, type FilterSubject } from './compile-filter.ts';
import { FilterRefusal } from './filter-refusal.ts';

/** What users have by their cohort, and what can be asked of each element. */
export const licenseElements = {
  assignedLicenses: attributeTable(attributes('guid', operators.licenseId, { skuId: 'skuId' })),
  assignedPlans: attributeTable([
    ...attributes('guid', operators.advancedChoice, { servicePlanId: 'servicePlanId' }),
    ...attributes('string', operators.advancedText, { service: 'service', capabilityStatus: 'capabilityStatus' }),
  ]),
  provisionedPlans: attributeTable(
    attributes('string', operators.advancedText, {
      service: 'service',
      provisioningStatus: 'provisioningStatus',
      capabilityStatus: 'capabilityStatus',
    }),
  ),
} as const satisfies Record<string, AttributeTable>;

export type LicenseCollection = keyof typeof licenseElements;

/** An element with its properties by name. */
export type LicenseElement = Readonly<Record<string, string>>;

/** `assignedPlans/any(p:…)` or `assignedLicenses/$count eq 1`: what is the same for all members of a cohort. */
export type LicenseCondition = Quantified | Extract<Filter, { kind: 'compare' }>;

/** The collection that a part of a filter is about, if it is one of these. */
export function licenseCollectionOf(part: Filter): LicenseCollection | undefined {
  if (part.kind !== 'any' && part.kind !== 'all' && part.kind !== 'compare') return undefined;
  const [first = '', ...rest] = part.path.names.map((name) => name.toLowerCase());
  const counted = rest.length === 1 && rest[0] === '$count';
  if (part.kind === 'compare' ? !counted : rest.length > 0) return undefined;
  return collections.find((name) => name.toLowerCase() === first);
}

// The keys of a record of collections are collections.
const collections = Object.keys(licenseElements) as LicenseCollection[];

/**
 * Which of these elements satisfy what stands inside `any(…)`; nothing inside: all.
 * @throws FilterRefusal
 */
export async function elementsSatisfying(
  db: Handle,
  collection: LicenseCollection,
  { variable, condition }: Quantified,
  elements: readonly LicenseElement[],
  advanced: boolean,
): Promise<readonly boolean[]> {
  if (variable === undefined || condition === undefined) return elements.map(() => true);
  const table = licenseElements[collection];
  const test = compileFilter(condition, elementSubject(collection, table, variable), advanced);
  if (!elements.length) return [];
  const columns = sql.join(
    [...table.values()].map(({ name, type }) => sql`${sql.id(name)} ${type === 'guid' ? sql`uuid` : sql`text`}`),
  );
  const { rows } = await sql<{ satisfied: boolean }>`
    select coalesce(${test}, false) as satisfied
    from rows from (jsonb_to_recordset(${JSON.stringify(elements)}::jsonb) as (${columns})) with ordinality as e
    order by e.ordinality
  `.execute(db);
  return rows.map(({ satisfied }) => satisfied);
}

function elementSubject(collection: LicenseCollection, table: AttributeTable, variable: string): FilterSubject {
  return {
    typeName: `microsoft.graph.${collection === 'assignedLicenses' ? 'assignedLicense' : collection.slice(0, -1)}`,
    alias: 'e',
    attributes: table,
    within: (path: Path) => {
      const [first, ...rest] = path.names;
      if (first === variable && rest.length === 1) return { ...path, names: rest };
      throw new FilterRefusal('badValue', `Inside any(), write '${variable}/' and one property.`);
    },
  };
}

/** Over `u`: the user is in one of these cohorts, or, with `others`, in none of them. */
export function inCohorts(tenantId: string, cohortNos: readonly number[], others = false): RawBuilder<boolean> {
  // Without asking: whoever looks for what nobody has would read all pointers.
  if (!cohortNos.length) return others ? sql`true` : sql`false`;
  return sql`${others ? sql`not` : sql``} exists (
    select from allot.user_cohort uc
    where uc.tenant_id = ${tenantId} and uc.user_no = u.user_no and uc.cohort_id = any(${`{${cohortNos.join()}}`}::bigint[]))`;
}
