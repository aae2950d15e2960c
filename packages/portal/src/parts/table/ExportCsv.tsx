import { Button, makeStyles, ProgressBar, tokens } from '@fluentui/react-components';
import { ArrowDownload20Regular } from '@fluentui/react-icons';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RowCount } from '../../api/use-api.ts';
import { useSession } from '../../session/use-session.ts';
import { useFormat } from '../../text/use-format.ts';
import { ProblemText } from '../ProblemText.tsx';
import { type CsvColumn, writeCsv } from './write-csv.ts';

const useStyles = makeStyles({
  running: { display: 'inline-flex', alignItems: 'center', gap: tokens.spacingHorizontalS },
  progress: { width: '8rem' },
});

/** Writes a whole list, as filtered and sorted, into a file. Reads it page by page, says how far it is, and can be stopped. */
export function ExportCsv<Row>({
  path,
  name,
  count,
  columns,
}: {
  readonly path: string;
  /** Of the file, without its ending. */
  readonly name: string;
  /** How many rows there are, if that is known. */
  readonly count?: RowCount | undefined;
  readonly columns: readonly CsvColumn<Row>[];
}) {
  const styles = useStyles();
  const { t } = useTranslation('parts');
  const { client } = useSession();
  const { number } = useFormat();
  const [written, setWritten] = useState<number>();
  const [problem, setProblem] = useState<Error>();
  const stopping = useRef<AbortController>(undefined);
  // Whoever leaves the page does not want the file any more.
  useEffect(() => () => stopping.current?.abort(), []);

  const run = async () => {
    const stopped = new AbortController();
    stopping.current = stopped;
    setProblem(undefined);
    setWritten(0);
    try {
      const file = await writeCsv<Row>(client, path, columns, setWritten, stopped.signal);
      if (file !== undefined) save(`${name}.csv`, file);
    } catch (error) {
      setProblem(error instanceof Error ? error : new Error(String(error)));
    } finally {
      setWritten(undefined);
    }
  };

  if (written !== undefined) {
    return (
      <span className={styles.running}>
        <ProgressBar
          className={styles.progress}
          aria-label={t('exportCsv')}
          {...(count && !count.isMore ? { value: written, max: Math.max(count.rows, written) } : {})}
        />
        <span role="status">{t('exporting', { formatted: number(written) })}</span>
        <Button size="small" onClick={() => stopping.current?.abort()}>
          {t('cancel')}
        </Button>
      </span>
    );
  }
  return (
    <>
      <Button appearance="subtle" icon={<ArrowDownload20Regular />} onClick={() => void run()}>
        {t('exportCsv')}
      </Button>
      {problem !== undefined && (
        <span role="alert">
          <ProblemText error={problem} />
        </span>
      )}
    </>
  );
}

function save(name: string, file: Blob): void {
  const url = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
