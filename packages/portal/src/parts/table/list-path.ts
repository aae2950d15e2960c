/** What is asked of a list of Graph. */
export interface ListOptions {
  readonly select: readonly string[];
  /** As `$filter`; undefined: all. */
  readonly filter?: string | undefined;
  /** A property, with `-` before it in descending order. */
  readonly sort?: string | undefined;
}

/** Rows of one page: enough for a screen and a half. */
const pageRows = 100;

/** The path of a list of Graph, with how many rows there are in all. */
export function listPath(path: string, { select, filter, sort }: ListOptions): string {
  const order = sort === undefined ? undefined : sort.startsWith('-') ? `${sort.slice(1)} desc` : sort;
  const options = {
    $count: 'true',
    $top: String(pageRows),
    $select: select.join(','),
    ...(filter === undefined ? {} : { $filter: filter }),
    ...(order === undefined ? {} : { $orderby: order }),
  };
  const query = Object.entries(options).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  return `${path}?${query.join('&')}`;
}

/** Whether one of these properties begins with what somebody typed; undefined: nothing was typed. */
export function startsWith(properties: readonly string[], typed: string | undefined): string | undefined {
  if (typed === undefined || typed.trim() === '') return undefined;
  const text = typed.trim().replaceAll("'", "''");
  return properties.map((property) => `startsWith(${property},'${text}')`).join(' or ');
}
