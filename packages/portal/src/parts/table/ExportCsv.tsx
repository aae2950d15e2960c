import { Button } from '@fluentui/react-components';
import { ArrowDownload20Regular } from '@fluentui/react-icons';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { advanced } from '../../api/use-api.ts';
import { useSession } from '../../session/use-session.ts';
import { useFormat } from '../../text/use-format.ts';
import { ProblemText } from '../ProblemText.tsx';
import { cellOf } from './csv-cell.ts';

/** Writes a whole list, as filtered and sorted, into a file. Reads it page by page, and can be stopped. */
export function ExportCsv<Row>({
  path,
  name,
  columns,
}: {
  readonly path: string;
  /** Of the file, without its ending. */
  readonly name: string;
  readonly columns: readonly (readonly [
    header: string,
    valueOf: (row: Row) => string | number | boolean | undefined,
  ])[];
}) {
  const { t } = useTranslation('parts');
  const { client } = useSession();
  const { number } = useFormat();
  const [written, setWritten] = useState<number>();
  const [problem, setProblem] = useState<Error>();
  const stopped = useRef(false);

  const run = async () => {
    stopped.current = false;
    setProblem(undefined);
    setWritten(0);
    try {
      const lines = [columns.map(([header]) => cellOf(header)).join(',')];
      for await (const page of client.pages<Row>(path, advanced)) {
        if (stopped.current) return;
        for (const row of page) lines.push(columns.map(([, valueOf]) => cellOf(valueOf(row))).join(','));
        setWritten(lines.length - 1);
      }
      save(`${name}.csv`, lines);
    } catch (error) {
      setProblem(error instanceof Error ? error : new Error(String(error)));
    } finally {
      setWritten(undefined);
    }
  };

  if (written !== undefined) {
    return (
      <span role="status">
        {t('exporting', { formatted: number(written) })}{' '}
        <Button size="small" onClick={() => (stopped.current = true)}>
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

/** With a mark that tells spreadsheets the encoding. */
function save(name: string, lines: readonly string[]): void {
  const url = URL.createObjectURL(new Blob(['\uFEFF', lines.join('\r\n'), '\r\n'], { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
