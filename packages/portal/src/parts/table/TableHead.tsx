import { Checkbox } from '@fluentui/react-components';
import { useTranslation } from 'react-i18next';
import type { Column, Selection } from './DataTable.tsx';
import { Heading } from './Heading.tsx';
import { useTableStyles } from './table-styles.ts';

/** What the columns are called and sorted by. Above cards it only serves to sort and to select all, and is unseen if there is neither. */
export function TableHead<Row>({
  columns,
  selection,
  data,
  idOf,
  template,
  sort,
  onSort,
  isNarrow,
}: {
  readonly columns: readonly Column<Row>[];
  readonly selection: Selection | undefined;
  /** The rows that are loaded. */
  readonly data: readonly Row[];
  readonly idOf: (row: Row) => string;
  /** As `grid-template-columns`. */
  readonly template: string;
  readonly sort: string | undefined;
  readonly onSort: ((sort: string) => void) | undefined;
  readonly isNarrow: boolean;
}) {
  const styles = useTableStyles();
  const { t } = useTranslation('parts');
  const isNeeded = selection !== undefined || (onSort !== undefined && columns.some(({ sortable }) => sortable));
  return (
    <div role="rowgroup" className={styles.head}>
      <div
        role="row"
        aria-rowindex={1}
        className={!isNarrow ? styles.row : isNeeded ? styles.cardHead : styles.unseen}
        style={isNarrow ? {} : { gridTemplateColumns: template }}
      >
        {selection && (
          <div role="columnheader" className={styles.cell}>
            <Checkbox
              aria-label={t('selectAll')}
              checked={selection.ids.size === 0 ? false : data.every((row) => selection.ids.has(idOf(row))) || 'mixed'}
              onChange={(_, { checked }) => selection.change(new Set(checked === true ? data.map(idOf) : []))}
            />
          </div>
        )}
        {columns.map((column) => (
          <Heading key={column.id} column={column} {...(sort ? { sort } : {})} onSort={onSort} isNarrow={isNarrow} />
        ))}
      </div>
    </div>
  );
}
