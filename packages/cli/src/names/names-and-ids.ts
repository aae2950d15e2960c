export const isId = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);

/** Ids and names are compared without case, as Graph does. */
export const isSame = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/** Text inside an OData string literal, ready for a URL. */
export const odataText = (text: string): string => encodeURIComponent(`'${text.replaceAll("'", "''")}'`);

/** A list on the command line: `YAMMER_ENTERPRISE,SWAY`. */
export const commaSeparated = (text: string): readonly string[] =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
