import { ApiError, type ErrorDetail, type ImportProblem, type ProductImportResult } from '@allot/contract';
import {
  Button,
  Checkbox,
  makeStyles,
  MessageBar,
  MessageBarBody,
  Spinner,
  Text,
  tokens,
} from '@fluentui/react-components';
import { DocumentArrowUp20Regular } from '@fluentui/react-icons';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { sendFile } from '../../../api/send-file.ts';
import { useChange } from '../../../api/use-change.ts';
import { Refusal } from '../../../parts/Refusal.tsx';
import { useFormat } from '../../../text/use-format.ts';
import { BadRows } from './BadRows.tsx';
import { ImportDifference } from './ImportDifference.tsx';

const useStyles = makeStyles({
  import: {
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'start',
    gap: tokens.spacingVerticalM,
    maxWidth: '62rem',
    paddingTop: tokens.spacingVerticalL,
  },
  row: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalM },
  hidden: { display: 'none' },
});

const path = '/allot/v1/imports/products';

interface Asked {
  readonly file: File;
  readonly skipBad: boolean;
}

/** Takes a product list: shows first what it changes, then does exactly that. */
export function ImportTab() {
  const styles = useStyles();
  const { t } = useTranslation('catalogue');
  const { number } = useFormat();
  const input = useRef<HTMLInputElement>(null);
  const [file, setFile] = useState<File>();
  const [skipBad, setSkipBad] = useState(false);
  const shown = useChange((client, { file: one, skipBad: skip }: Asked) =>
    sendFile<ProductImportResult>(client, `${path}?dryRun=true&skipBad=${skip}`, one),
  );
  const applied = useChange((client, { file: one, skipBad: skip }: Asked) =>
    sendFile<ProductImportResult>(
      client,
      `${path}?skipBad=${skip}&preview=${encodeURIComponent(shown.data?.preview ?? '')}`,
      one,
    ),
  );
  const look = (asked: Asked) => {
    applied.reset();
    shown.reset();
    shown.mutate(asked);
  };
  const refused = shown.error instanceof ApiError ? shown.error.details : undefined;
  const isSame = shown.data !== undefined && shown.data.changes.length + shown.data.renamedPlans.length === 0;
  return (
    <div className={styles.import}>
      <Text>{t('importText')}</Text>
      <div className={styles.row}>
        <Button
          appearance={shown.data ? 'secondary' : 'primary'}
          icon={<DocumentArrowUp20Regular />}
          disabled={shown.isPending || applied.isPending}
          onClick={() => input.current?.click()}
        >
          {t('chooseFile')}
        </Button>
        <input
          ref={input}
          type="file"
          accept=".csv,text/csv"
          className={styles.hidden}
          aria-label={t('chooseFile')}
          onChange={({ currentTarget }) => {
            const [one] = currentTarget.files ?? [];
            if (one === undefined) return;
            setFile(one);
            look({ file: one, skipBad });
            // So that the same file, corrected, can be chosen again.
            currentTarget.value = '';
          }}
        />
        {file && <Text>{file.name}</Text>}
      </div>
      <Checkbox
        label={t('skipBad')}
        checked={skipBad}
        onChange={(_, { checked }) => {
          setSkipBad(checked === true);
          if (file && !applied.data) look({ file, skipBad: checked === true });
        }}
      />
      {shown.isPending && <Spinner label={t('reading')} />}
      {shown.error && !refused && <Refusal error={shown.error} />}
      {refused && (
        <MessageBar intent="error" layout="multiline" role="alert">
          <MessageBarBody>{t('badFile', { count: refused.length, formatted: number(refused.length) })}</MessageBarBody>
        </MessageBar>
      )}
      {refused && <BadRows rows={refused.map(rowOf)} />}
      {applied.data ? (
        <MessageBar intent="success" layout="multiline">
          <MessageBarBody>
            {t('imported', { created: number(applied.data.created), updated: number(applied.data.updated) })}
          </MessageBarBody>
        </MessageBar>
      ) : (
        shown.data && (
          <>
            <ImportDifference result={shown.data} />
            <Refusal error={applied.error} />
            {file && !isSame && (
              <div className={styles.row}>
                <Button
                  appearance="primary"
                  disabled={applied.isPending}
                  onClick={() => applied.mutate({ file, skipBad })}
                >
                  {t('apply')}
                </Button>
                <Button disabled={applied.isPending} onClick={() => (shown.reset(), setFile(undefined))}>
                  {t('leave')}
                </Button>
                {applied.isPending && <Spinner size="tiny" label={t('applying')} />}
              </div>
            )}
          </>
        )
      )}
    </div>
  );
}

/** The server names a place in a file `line:column`. */
function rowOf({ target = '', message, ...detail }: ErrorDetail): ImportProblem {
  const [, line = '', column = ''] = /^(\d+):(.*)$/s.exec(target) ?? [];
  return { line: Number(line), column, problem: message, ...(detail.sentence ? { sentence: detail.sentence } : {}) };
}
