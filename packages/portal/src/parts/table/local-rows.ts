import type { Rows } from './DataTable.tsx';

/** Rows that are all there already, for a table that sorts them itself. Undefined: they are being read. */
export const localRows = <Row>(
  value: readonly Row[] | undefined,
  { error, refetch }: { readonly error: Error | null; readonly refetch: () => Promise<unknown> },
): Rows<Row> => ({
  data: value && { pages: [{ value }] },
  error,
  hasNextPage: false,
  fetchNextPage: () => Promise.resolve({ error: null }),
  refetch,
});

/** Sorts by a property, descending with `-` before its name; texts as the language does. */
export function sorted<Row>(
  rows: readonly Row[],
  sort: string | undefined,
  values: Readonly<Record<string, (row: Row) => string | number>>,
  language: string,
): readonly Row[] {
  const valueOf = values[sort?.replace(/^-/, '') ?? ''];
  if (valueOf === undefined) return rows;
  const sign = sort?.startsWith('-') ? -1 : 1;
  return rows.toSorted((one, other) => {
    const [a, b] = [valueOf(one), valueOf(other)];
    return (
      sign * (typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b), language))
    );
  });
}
