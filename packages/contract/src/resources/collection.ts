/** What every list answers. `@odata.count` stands on the first page only, `@odata.nextLink` on all but the last. */
export interface Collection<Item> {
  readonly '@odata.context'?: string;
  readonly '@odata.count'?: number;
  readonly '@odata.nextLink'?: string;
  readonly value: readonly Item[];
}
