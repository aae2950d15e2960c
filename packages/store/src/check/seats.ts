import { sql } from 'kysely';
import type { Handle } from '../handle.ts';
import { type Differences, listDifferences } from './differences.ts';

/** `consumed` of every product of the catalogue. */
export async function loadConsumed(db: Handle, tenantId: string): Promise<Map<string, number>> {
  const { rows } = await sql<{ productId: string; consumed: number }>`
    select product_id as "productId", consumed from allot.product where tenant_id = ${tenantId} order by product_id
  `.execute(db);
  return new Map(rows.map(({ productId, consumed }) => [productId, consumed]));
}

export interface OversoldRow {
  readonly productId: string;
  readonly consumed: number;
  readonly usable: number;
  /** The most seats that there can ever have been, as far as subscriptions and the audit log tell. */
  readonly everUsable: number;
}

/**
 * Products of which more is consumed than there ever were seats. More than there are now is allowed when seats were taken away (L-13): units
 * of subscriptions that are not usable any more, and what the audit log says of subscriptions that were reduced or deleted.
 */
export const findOversold = (db: Handle, tenantId: string): Promise<Differences<OversoldRow>> =>
  listDifferences(
    db,
    sql`
    with seats as materialized (
      select p.product_id, p.consumed, coalesce(sum(s.units), 0)::bigint as units,
             coalesce(sum(s.units) filter (where s.status in ('Enabled', 'Warning')), 0)::bigint as usable
      from allot.product p left join allot.subscription s using (tenant_id, product_id)
      where p.tenant_id = ${tenantId} and p.consumed > 0
      group by p.product_id, p.consumed
    ), short as materialized (
      select * from seats where consumed > units
    ), recorded as (
      select t.target ->> 'id' as subscription_id,
             max(case when m.property ->> 'displayName' = 'skuId' then (m.property ->> 'oldValue')::jsonb #>> '{}' end) as product_id,
             max(case when m.property ->> 'displayName' = 'units' then (m.property ->> 'oldValue')::jsonb #>> '{}' end::bigint) as units
      from allot.audit a
      cross join lateral jsonb_array_elements(a.targets) as t (target)
      cross join lateral jsonb_array_elements(t.target -> 'modifiedProperties') as m (property)
      where a.tenant_id = ${tenantId} and a.activity in ('Update subscription', 'Delete subscription')
        and exists (select from short)
      group by 1
    ), taken as (
      select coalesce(s.product_id::text, r.product_id) as product_id, sum(r.units) as units
      from recorded r left join allot.subscription s on s.tenant_id = ${tenantId} and s.id::text = r.subscription_id
      group by 1
    )
    select s.product_id as "productId", s.consumed, s.usable, (s.units + coalesce(t.units, 0))::bigint as "everUsable"
    from short s left join taken t on t.product_id = s.product_id::text
    where s.consumed > s.units + coalesce(t.units, 0)`,
  );
