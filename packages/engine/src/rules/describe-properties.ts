import { uses } from './operators.ts';
import { type CollectionType, propertiesIn, type Property, type PropertyType } from './properties.ts';

/** A property that rules can read, with what may be asked of it. */
export interface DescribedProperty {
  readonly name: string;
  readonly type: PropertyType;
  /** With their hyphen, as they are written: `-eq`. */
  readonly operators: readonly string[];
  /** What may stand between a collection and its condition: `-any`. */
  readonly quantifiers: readonly string[];
  /** What is written on the right, in words. */
  readonly values: string;
  /** What can be asked of one element of a collection; empty: it is none. */
  readonly elements: readonly DescribedProperty[];
}

/** Every property of a user that a rule can read, except extensions with an application's id. */
export const describeRuleProperties = (): readonly DescribedProperty[] => propertiesIn(undefined).map(describe);

function describe({ name, type }: Property): DescribedProperty {
  const use = uses[type];
  const hyphened = (words: readonly string[]) => words.map((word) => `-${word}`);
  return {
    name,
    type,
    operators: hyphened(use.operators),
    quantifiers: hyphened(use.quantifiers),
    values: use.words,
    elements: isCollection(type) ? propertiesIn(type).map(describe) : [],
  };
}

const isCollection = (type: PropertyType): type is CollectionType =>
  type === 'strings' || type === 'plans' || type === 'groups';
