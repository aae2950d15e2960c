import type { ResourceProperty } from '@allot/contract';

/** What an answer says for a property: the value of the row, in the form that JSON has for it. */
export function propertyValue(row: Readonly<Record<string, unknown>>, { name, empty }: ResourceProperty): unknown {
  const value = row[name];
  if (value === undefined || value === null) return empty;
  if (value instanceof Date) return value.toISOString();
  if (name === 'onPremisesExtensionAttributes' && Array.isArray(value)) return extensionAttributes(value);
  return value;
}

const extensionAttributes = (values: readonly unknown[]): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Array.from({ length: 15 }, (_, at) => [`extensionAttribute${at + 1}`, values[at] ?? null]));
