import type { ImportProblem } from '@allot/contract';
import {
  makeStyles,
  Table,
  TableBody,
  TableCell,
  TableHeader,
  TableHeaderCell,
  TableRow,
  Text,
  tokens,
} from '@fluentui/react-components';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../text/use-format.ts';
import { useServerSentence } from '../../../text/use-server-sentence.ts';

const useStyles = makeStyles({
  table: { maxHeight: '50vh', overflow: 'auto', width: '100%' },
  line: { width: '5rem' },
  column: { width: '16rem' },
  cell: { overflowWrap: 'anywhere', paddingBlock: tokens.spacingVerticalXS },
});

/** More would not be read; the rest is counted. */
const shownMax = 200;

/** Where a file is wrong: line, column, and what to do. */
export function BadRows({ rows }: { readonly rows: readonly ImportProblem[] }) {
  const styles = useStyles();
  const { t } = useTranslation('catalogue');
  const { number } = useFormat();
  const say = useServerSentence('import-sentences');
  // A column without a name is told by its number.
  const nameOf = (column: string) => {
    const [, nth] = /^\(column (\d+)\)$/.exec(column) ?? [];
    return nth === undefined ? column : t('nthColumn', { number: number(Number(nth)) });
  };
  const unlisted = rows.length - shownMax;
  if (rows.length === 0) return null;
  return (
    <>
      <div className={styles.table} tabIndex={0} role="region" aria-label={t('badRows')}>
        <Table size="small" aria-label={t('badRows')}>
          <TableHeader>
            <TableRow>
              <TableHeaderCell className={styles.line}>{t('line')}</TableHeaderCell>
              <TableHeaderCell className={styles.column}>{t('column')}</TableHeaderCell>
              <TableHeaderCell>{t('problem')}</TableHeaderCell>
            </TableRow>
          </TableHeader>
          <TableBody>
            {rows.slice(0, shownMax).map(({ line, column, problem, sentence }) => (
              <TableRow key={`${line} ${column} ${problem}`}>
                <TableCell className={styles.line}>{number(line)}</TableCell>
                <TableCell className={styles.column}>{nameOf(column)}</TableCell>
                <TableCell className={styles.cell}>
                  {(sentence && say(sentence.code, sentence.arguments)) ?? <span lang="en">{problem}</span>}
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </div>
      {unlisted > 0 && <Text>{t('moreRows', { count: unlisted, formatted: number(unlisted) })}</Text>}
    </>
  );
}
