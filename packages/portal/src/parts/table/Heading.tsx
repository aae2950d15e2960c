import { Button, mergeClasses } from '@fluentui/react-components';
import { ArrowSortDown16Regular, ArrowSortUp16Regular } from '@fluentui/react-icons';
import { useTranslation } from 'react-i18next';
import type { Column } from './DataTable.tsx';
import { useTableStyles } from './table-styles.ts';

/** The head of a column; a button where the server can sort by it. */
export function Heading<Row>({
  column,
  sort,
  onSort,
  isNarrow,
}: {
  readonly column: Column<Row>;
  readonly sort?: string;
  readonly onSort: ((sort: string) => void) | undefined;
  /** Rows are cards, each with the names of its columns: only what can be sorted by is seen here. */
  readonly isNarrow: boolean;
}) {
  const styles = useTableStyles();
  const { t } = useTranslation('parts');
  const direction = sort === column.id ? 'ascending' : sort === `-${column.id}` ? 'descending' : 'none';
  if (!column.sortable || onSort === undefined) {
    return (
      <div role="columnheader" className={isNarrow ? styles.unseen : mergeClasses(styles.cell, styles.heading)}>
        {column.header}
      </div>
    );
  }
  return (
    <div role="columnheader" aria-sort={direction} className={isNarrow ? styles.cardSort : styles.cell}>
      <Button
        appearance="transparent"
        size="small"
        className={styles.sort}
        iconPosition="after"
        icon={
          direction === 'ascending' ? (
            <ArrowSortUp16Regular aria-label={t('sortAscending')} />
          ) : direction === 'descending' ? (
            <ArrowSortDown16Regular aria-label={t('sortDescending')} />
          ) : null
        }
        onClick={() => onSort(direction === 'ascending' ? `-${column.id}` : column.id)}
      >
        {column.header}
      </Button>
    </div>
  );
}
