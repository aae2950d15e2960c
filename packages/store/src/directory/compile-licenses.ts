import type { Filter, Quantified } from '@allot/engine';
import { type RawBuilder, sql } from 'kysely';
import { guidOf } from './compile-test.ts';
import { FilterRefusal } from './filter-refusal.ts';

/** What can be asked of the licenses of a row. */
interface ProductConditions {
  readonly product: (productId: string) => RawBuilder<boolean>;
  readonly any: () => RawBuilder<boolean>;
}

/** `assignedLicenses/any(x:x/skuId eq …)`, with `or` and `in` for several products; `any()` for whatever product. */
export function compileLicenses({ variable, condition }: Quantified, licenses: ProductConditions): RawBuilder<boolean> {
  if (variable === undefined || condition === undefined) return licenses.any();
  const products = productsOf(condition, variable);
  if (products.length > productsMax) {
    throw new FilterRefusal(
      'badValue',
      `assignedLicenses can be compared with at most ${productsMax} products at a time.`,
    );
  }
  return sql`(${sql.join(
    products.map((product) => licenses.product(product)),
    sql` or `,
  )})`;
}

/** Products of one condition at most: each is a subquery. */
const productsMax = 50;

function productsOf(condition: Filter, variable: string): readonly string[] {
  if (condition.kind === 'or')
    return [...productsOf(condition.left, variable), ...productsOf(condition.right, variable)];
  if (condition.kind === 'in') {
    requireSkuId(condition.path.names, variable);
    return condition.values.map((value) => guidOf(value, { name: 'skuId' }));
  }
  if (condition.kind !== 'compare' || condition.operator !== 'eq' || condition.value.type === 'null') {
    throw new FilterRefusal('unsupported', "assignedLicenses can be asked for 'skuId eq'.");
  }
  requireSkuId(condition.path.names, variable);
  return [guidOf(condition.value, { name: 'skuId' })];
}

function requireSkuId(names: readonly string[], variable: string): void {
  if (names.length !== 2 || names[0] !== variable || names[1]?.toLowerCase() !== 'skuid') {
    throw new FilterRefusal('unsupported', `Of assignedLicenses, only '${variable}/skuId' can be asked for.`);
  }
}
