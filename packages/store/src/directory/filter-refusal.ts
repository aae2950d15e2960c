/**
 * Why a filter or an order cannot be carried out. `message` names what stands in the query, in Graph's words.
 *
 * - `unknownProperty` the kind of object has no such property
 * - `notIndexed`      it has the property, and nothing can be asked of it
 * - `unsupported`     the property cannot be asked this way
 * - `needsAdvanced`   it can, in an advanced query
 * - `badValue`        the value is of another type
 */
export type FilterRefusalReason = 'unknownProperty' | 'notIndexed' | 'unsupported' | 'needsAdvanced' | 'badValue';

export class FilterRefusal extends Error {
  override readonly name = 'FilterRefusal';
  readonly reason: FilterRefusalReason;
  /** Of `unknownProperty`: as it stands in the query. */
  readonly property: string | undefined;

  constructor(reason: FilterRefusalReason, message: string, property?: string) {
    super(message);
    this.reason = reason;
    this.property = property;
  }
}
