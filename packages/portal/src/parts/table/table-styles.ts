import { makeStyles, tokens } from '@fluentui/react-components';

export const useTableStyles = makeStyles({
  scroller: {
    overflow: 'auto',
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}` },
  },
  // Not narrower than the least widths of its columns; `max-content` would stretch all of them by the longest heading.
  table: { minWidth: 'min-content', width: '100%', fontSize: tokens.fontSizeBase300 },
  /** Below the width of `useNarrow` each row is a card. */
  cards: { minWidth: 0 },
  head: {
    position: 'sticky',
    top: 0,
    zIndex: 1,
    backgroundColor: tokens.colorNeutralBackground2,
    fontWeight: tokens.fontWeightSemibold,
  },
  row: {
    display: 'grid',
    alignItems: 'center',
    boxSizing: 'border-box',
    width: '100%',
    minHeight: '2.75rem',
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
  },
  cell: {
    padding: `0 ${tokens.spacingHorizontalM}`,
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
    minWidth: 0,
  },
  // The name of a column may take two lines; of a row each has one.
  heading: { whiteSpace: 'normal', lineHeight: tokens.lineHeightBase200 },
  cardHead: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    columnGap: tokens.spacingHorizontalM,
    minHeight: '2.75rem',
    padding: `0 ${tokens.spacingHorizontalS}`,
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
  },
  cardSort: { padding: `0 ${tokens.spacingHorizontalXS}` },
  unseen: { position: 'absolute', width: '1px', height: '1px', overflow: 'hidden', clipPath: 'inset(50%)' },
  card: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr)',
    rowGap: tokens.spacingVerticalXXS,
    boxSizing: 'border-box',
    width: '100%',
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalM}`,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  selectableCard: { gridTemplateColumns: '2.5rem minmax(0, 1fr)', paddingLeft: tokens.spacingHorizontalXS },
  cardSelect: { gridColumn: '1', gridRow: '1 / span 2' },
  cardCell: { gridColumn: '-2 / -1', minWidth: 0, overflowWrap: 'anywhere' },
  cardLabel: {
    color: tokens.colorNeutralForeground3,
    fontSize: tokens.fontSizeBase200,
    paddingRight: tokens.spacingHorizontalS,
  },
  sort: {
    padding: 0,
    minWidth: 0,
    fontSize: tokens.fontSizeBase300,
    fontWeight: tokens.fontWeightSemibold,
    justifyContent: 'flex-start',
    textAlign: 'start',
    whiteSpace: 'normal',
    lineHeight: tokens.lineHeightBase200,
  },
});
