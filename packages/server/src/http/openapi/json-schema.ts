/** A schema of JSON Schema 2020-12, as data. */
export type Schema = Readonly<Record<string, unknown>>;

export const text: Schema = { type: 'string' };
export const flag: Schema = { type: 'boolean' };
export const number: Schema = { type: 'number' };
export const whole: Schema = { type: 'integer' };
/** A number of something. */
export const count: Schema = { type: 'integer', minimum: 0 };
/** In lower case, as ids are answered. */
export const guid: Schema = {
  type: 'string',
  format: 'uuid',
  pattern: '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$',
};
/** In UTC. */
export const instant: Schema = {
  type: 'string',
  format: 'date-time',
  pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,6})?Z$',
};

export const oneOf = (...values: readonly string[]): Schema => ({ type: 'string', enum: values });
export const list = (items: Schema): Schema => ({ type: 'array', items });
export const orNull = (schema: Schema): Schema => ({ anyOf: [schema, { type: 'null' }] });
export const anyOf = (...schemas: readonly Schema[]): Schema => {
  const [only] = schemas;
  return schemas.length === 1 && only !== undefined ? only : { anyOf: schemas };
};
/** A schema among the components of the document. */
export const ref = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` });

/** An object with exactly these properties. @param optional names of those that may be missing */
export const object = (
  properties: Readonly<Record<string, Schema>>,
  optional: 'all' | readonly string[] = [],
): Schema => ({
  type: 'object',
  properties,
  required: optional === 'all' ? [] : Object.keys(properties).filter((name) => !optional.includes(name)),
  additionalProperties: false,
});
