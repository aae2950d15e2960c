import { mergeClasses } from '@fluentui/react-components';
import { type ColumnDef, useTable } from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useCallback, useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Problem } from '../Problem.tsx';
import { DataRow } from './DataRow.tsx';
import { features } from './table-features.ts';
import { ListState } from './ListState.tsx';
import { LoadingRows } from './LoadingRows.tsx';
import { useTableStyles } from './table-styles.ts';
import { TableHead } from './TableHead.tsx';
import { useHeld } from './use-held.ts';
import { useNarrow } from './use-narrow.ts';

/** A column; `id` names the property that the server sorts by, if it can. */
export interface Column<Row> {
  readonly id: string;
  readonly header: string;
  readonly cell: (row: Row) => ReactNode;
  /** A share of the width, as in CSS grid: `2fr`, `8rem`; one share if it says nothing. */
  readonly width?: string;
  readonly sortable?: boolean;
}

/** Rows as they come from the server, page by page: `useList` of the API. */
export interface Rows<Row> {
  readonly data: { readonly pages: readonly { readonly value: readonly Row[] }[] } | undefined;
  readonly error: Error | null;
  readonly hasNextPage: boolean;
  /** Never rejected: what went wrong is in the answer. */
  readonly fetchNextPage: () => Promise<{ readonly error: Error | null }>;
  readonly refetch: () => Promise<unknown>;
  /** The rows are those of another filter or order, until those that were asked for are there. */
  readonly isPlaceholderData?: boolean;
  /** Something has changed since they were read, and they are too many to be read again unasked. */
  readonly isOutdated?: boolean;
  /** Reads them again from the first page on. */
  readonly readAnew?: () => Promise<unknown>;
}

export interface Selection {
  readonly ids: ReadonlySet<string>;
  readonly change: (ids: ReadonlySet<string>) => void;
}

export interface DataTableProps<Row> {
  /** What the table is of, for those who do not see it. */
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: Rows<Row>;
  readonly idOf: (row: Row) => string;
  /** What a row is called; only needed for selection. */
  readonly nameOf?: (row: Row) => string;
  /** A property, with `-` before it in descending order. */
  readonly sort?: string | undefined;
  readonly onSort?: (sort: string) => void;
  readonly selection?: Selection;
  /** What stands where no row is. */
  readonly empty: ReactNode;
  /** How high the table may become; it scrolls inside. */
  readonly height?: string;
}

const rowHeightPx = 44;
/** Of a row that is drawn as a card, before it is measured. */
const cardHeightPx = 120;
/** Nearly the whole screen of a phone, below the bar of the portal. */
const cardsHeight = 'calc(100vh - 6rem)';
/** Rows that are drawn beyond what is seen, so that a turn of the wheel shows rows. */
const overscanRows = 5;

/** A table of any length: only what is seen is in the page, and more is read as one scrolls. */
export function DataTable<Row extends object>(props: DataTableProps<Row>) {
  const { label, columns, rows, idOf, nameOf, selection, empty, height = 'calc(100vh - 17rem)' } = props;
  const styles = useTableStyles();
  const { t } = useTranslation('parts');
  const { shown: read, hold } = useHeld(rows.data);
  const data = useMemo(() => (read?.pages ?? []).flatMap(({ value }) => value), [read]);
  const defined = useMemo(
    () =>
      columns.map(
        ({ id, header, cell }): ColumnDef<typeof features, Row> => ({
          id,
          header,
          cell: ({ row }) => cell(row.original),
        }),
      ),
    [columns],
  );
  const table = useTable({ features, columns: defined, data, getRowId: idOf });
  const shown = table.getRowModel().rows;
  const scroller = useRef<HTMLDivElement>(null);
  const isNarrow = useNarrow();
  const virtual = useVirtualizer({
    count: shown.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => (isNarrow ? cardHeightPx : rowHeightPx),
    overscan: overscanRows,
    getItemKey: (index) => shown[index]?.id ?? index,
  });
  useEffect(() => {
    // What was measured of cards is not true of rows, nor the other way round.
    void isNarrow;
    virtual.measure();
  }, [isNarrow, virtual]);
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;

  const latest = useRef(selection);
  latest.current = selection;
  const toggle = useCallback((id: string, isOn: boolean) => {
    const ids = new Set(latest.current?.ids);
    if (isOn) ids.add(id);
    else ids.delete(id);
    latest.current?.change(ids);
  }, []);
  const toTop = useCallback(() => scroller.current?.scrollTo({ top: 0 }), []);
  const isPlaceholder = rows.isPlaceholderData === true;
  useEffect(() => {
    // Other rows begin at their beginning.
    if (!isPlaceholder) toTop();
  }, [isPlaceholder, toTop]);

  if (rows.error !== null && read === undefined)
    return <Problem error={rows.error} retry={() => void rows.refetch()} />;
  if (read === undefined) return <LoadingRows />;
  if (data.length === 0) return empty;
  const template = [
    ...(selection ? ['2.75rem'] : []),
    ...columns.map(({ width }) => width ?? 'minmax(8rem, 1fr)'),
  ].join(' ');
  return (
    <>
      <ListState rows={rows} last={last} left={shown.length - 1 - last} toTop={toTop} />
      <div
        ref={scroller}
        className={styles.scroller}
        style={{ maxHeight: isNarrow ? cardsHeight : height }}
        tabIndex={0}
        role="region"
        aria-label={label}
      >
        <div
          role="table"
          aria-label={label}
          aria-rowcount={rows.hasNextPage ? -1 : data.length + 1}
          className={mergeClasses(styles.table, isNarrow && styles.cards)}
        >
          <TableHead
            columns={columns}
            selection={selection}
            data={data}
            idOf={idOf}
            template={template}
            sort={props.sort}
            onSort={props.onSort}
            isNarrow={isNarrow}
          />
          <div role="rowgroup" style={{ height: virtual.getTotalSize(), position: 'relative' }} onPointerDown={hold}>
            {items.map(({ index, start }) => {
              const row = shown[index];
              return (
                row && (
                  <DataRow
                    key={row.id}
                    row={row}
                    columns={columns}
                    index={index}
                    top={start}
                    height={rowHeightPx}
                    measure={isNarrow ? virtual.measureElement : undefined}
                    template={template}
                    select={selection && toggle}
                    isSelected={selection?.ids.has(row.id) === true}
                    selectLabel={selection && t('selectRow', { name: nameOf?.(row.original) ?? row.id })}
                  />
                )
              );
            })}
          </div>
        </div>
      </div>
    </>
  );
}
