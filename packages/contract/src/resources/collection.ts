/**
 * What every list answers. `@odata.count` stands on the first page only, `@odata.nextLink` on all but the last. `@allot.countMin` stands in
 * place of the count where counting ended before all were counted, as was asked: there are at least so many.
 */
export interface Collection<Item> {
  readonly '@odata.context'?: string;
  readonly '@odata.count'?: number;
  readonly '@allot.countMin'?: number;
  readonly '@odata.nextLink'?: string;
  readonly value: readonly Item[];
}
