import { sql } from 'kysely';
import type { Handle } from '../handle.ts';
import type { GroupLicensing } from '../licensing/group-license.ts';

/** What an administrator may set for how a group licenses its members. */
export type GroupLicensingChange = {
  readonly [Name in keyof typeof columnOf]?: GroupLicensing[Name];
};

const columnOf = {
  atomicity: 'atomicity',
  priority: 'priority',
  licenseInheritance: 'license_inheritance',
  newPlans: 'new_plans',
  prerequisites: 'prerequisites',
} as const satisfies Partial<Record<keyof GroupLicensing, string>>;

/** Writes what is given; the rest stays. The group's licensing row is there and locked. */
export async function updateGroupLicensing(
  trx: Handle,
  tenantId: string,
  groupId: string,
  change: GroupLicensingChange,
): Promise<void> {
  // `as`: Object.keys forgets that the keys are those of the type.
  const names = (Object.keys(columnOf) as (keyof typeof columnOf)[]).filter((name) => change[name] !== undefined);
  if (!names.length) return;
  const set = names.map((name) => sql`${sql.ref(columnOf[name])} = ${change[name]}`);
  await sql`
    update allot.group_licensing set ${sql.join(set)} where tenant_id = ${tenantId} and group_id = ${groupId}
  `.execute(trx);
}
