import { makeStyles, tokens } from '@fluentui/react-components';

export const useTableStyles = makeStyles({
  scroller: {
    overflow: 'auto',
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}` },
  },
  table: { minWidth: 'max-content', width: '100%', fontSize: tokens.fontSizeBase300 },
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
  sort: {
    padding: 0,
    minWidth: 0,
    fontSize: tokens.fontSizeBase300,
    fontWeight: tokens.fontWeightSemibold,
    justifyContent: 'flex-start',
  },
});
