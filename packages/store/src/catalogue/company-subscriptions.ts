import { type RawBuilder, sql } from 'kysely';
import { attributes, attributeTable, operators } from '../directory/attributes.ts';
import type { FilterSubject } from '../directory/compile-filter.ts';
import { type Page, type PageKey, pageOf } from '../directory/page.ts';
import type { Handle } from '../handle.ts';

/** A subscription with the words that Graph has for it. */
export type CompanySubscriptionRow = {
  readonly id: string;
  readonly createdDateTime: Date;
  readonly nextLifecycleDateTime: Date | null;
  readonly skuId: string;
  readonly skuPartNumber: string;
  readonly status: string;
  readonly totalLicenses: number;
};

/** The subscriptions of a tenant as `s`, for filters. */
export const companySubscriptions: FilterSubject = {
  typeName: 'microsoft.graph.companySubscription',
  alias: 's',
  attributes: attributeTable([
    ...attributes('guid', operators.entryId, {
      id: 'id',
      commerceSubscriptionId: 'id',
      skuId: 'product_id',
      ownerTenantId: 'tenant_id',
    }),
    ...attributes('dateTime', operators.entryTime, {
      createdDateTime: 'created_at',
      nextLifecycleDateTime: 'moves_at',
    }),
    ...attributes('boolean', operators.entryId, { isTrial: 'is_trial' }),
    ...attributes('string', operators.term, { skuPartNumber: 'sku_part_number', status: 'shown_status' }),
  ]),
};

/**
 * One page of the subscriptions that meet a condition, in the order of their ids. Graph has no word for one that is to come: nothing of
 * it is usable, so it is `Suspended`. None is a trial.
 */
export async function selectCompanySubscriptions(
  db: Handle,
  tenantId: string,
  query: {
    readonly condition: RawBuilder<boolean> | undefined;
    readonly after: PageKey | undefined;
    readonly limit: number;
  },
): Promise<Page<CompanySubscriptionRow>> {
  const { rows } = await sql<CompanySubscriptionRow>`
    select s.id, s.created_at as "createdDateTime", s.moves_at as "nextLifecycleDateTime", s.product_id as "skuId",
      s.sku_part_number as "skuPartNumber", s.shown_status as status, s.units as "totalLicenses"
    from (
      select b.*, p.sku_part_number, false as is_trial,
        case when b.status = 'Upcoming' then 'Suspended' else b.status end as shown_status
      from allot.subscription b
      join allot.product p on p.tenant_id = b.tenant_id and p.product_id = b.product_id
      where b.tenant_id = ${tenantId}
    ) as s
    where s.tenant_id = ${tenantId} and ${query.condition ?? sql`true`}
      and s.id > ${query.after?.last ?? '00000000-0000-0000-0000-000000000000'}::uuid
    order by s.id
    limit ${query.limit + 1}
  `.execute(db);
  return pageOf(rows, query.limit, ({ id }) => id);
}
