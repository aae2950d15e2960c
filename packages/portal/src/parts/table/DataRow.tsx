import { Checkbox, mergeClasses } from '@fluentui/react-components';
import { FlexRender, type Row } from '@tanstack/react-table';
import { memo, type PointerEvent } from 'react';
import type { features } from './table-features.ts';
import { useTableStyles } from './table-styles.ts';

interface DataRowProps<Data extends object> {
  readonly row: Row<typeof features, Data>;
  /** What its cells are made by: another value draws them anew. */
  readonly columns: unknown;
  /** Its place in the list, from 0. */
  readonly index: number;
  /** Where it begins below the head, and how high it is, in pixels. */
  readonly top: number;
  readonly height: number;
  /** Says how high it became; only of cards, which are as high as their words. */
  readonly measure: ((element: HTMLElement | null) => void) | undefined;
  /** As `grid-template-columns`. */
  readonly template: string;
  /** Undefined: rows cannot be selected. */
  readonly select: ((id: string, isOn: boolean) => void) | undefined;
  readonly isSelected: boolean;
  /** What its box says to those who do not see it. */
  readonly selectLabel: string | undefined;
}

/** One row. It is drawn again only if something of it is another, so that scrolling draws no more than the rows that come. */
// `as`: what `memo` returns takes the same props, but forgets that the row may be of anything.
export const DataRow = memo(Drawn) as typeof Drawn;

function Drawn<Data extends object>(props: DataRowProps<Data>) {
  const { row, index, top, height, measure, template, select, isSelected, selectLabel } = props;
  const isCard = measure !== undefined;
  const styles = useTableStyles();
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      ref={measure}
      data-index={index}
      className={isCard ? mergeClasses(styles.card, select && styles.selectableCard) : styles.row}
      style={{
        position: 'absolute',
        top: 0,
        transform: `translateY(${top}px)`,
        ...(isCard ? {} : { gridTemplateColumns: template, height }),
      }}
    >
      {select && (
        <div role="cell" className={isCard ? styles.cardSelect : styles.cell}>
          <Checkbox
            aria-label={selectLabel}
            checked={isSelected}
            onChange={(_, { checked }) => select(row.id, checked === true)}
          />
        </div>
      )}
      {row.getAllCells().map((cell, place) => (
        <div
          role="cell"
          key={cell.id}
          className={isCard ? styles.cardCell : styles.cell}
          {...(isCard ? {} : { onPointerEnter: sayWhole })}
        >
          {isCard && place > 0 && (
            <span className={styles.cardLabel} aria-hidden>
              {headerOf(cell.column.columnDef.header)}
            </span>
          )}
          <FlexRender cell={cell} />
        </div>
      ))}
    </div>
  );
}

const headerOf = (header: unknown): string => (typeof header === 'string' ? header : '');

/** What is cut off can be read by pointing at it. */
function sayWhole({ currentTarget }: PointerEvent<HTMLElement>): void {
  const { scrollWidth, clientWidth, innerText } = currentTarget;
  if (scrollWidth > clientWidth) currentTarget.title = innerText;
  else currentTarget.removeAttribute('title');
}
