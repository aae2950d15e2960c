import { Button, Field, makeStyles, MessageBar, MessageBarBody, ProgressBar, tokens } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { type BulkPart, type BulkState, useBulk } from '../api/use-bulk.ts';
import { ProblemText } from './ProblemText.tsx';
import { DialogFrame } from './DialogFrame.tsx';
import { useFormat } from '../text/use-format.ts';

const useStyles = makeStyles({
  failures: { margin: 0, paddingLeft: tokens.spacingHorizontalXL, maxHeight: '12rem', overflowY: 'auto' },
});

/** Says what a change to many will do, does it batch by batch when the person agrees, and tells for whom it failed. */
export function BulkDialog({
  title,
  confirm,
  open,
  onClose,
  parts,
  isChanged = false,
  children,
}: {
  readonly title: string;
  readonly confirm: string;
  readonly open: boolean;
  readonly onClose: () => void;
  /** Undefined while they are being found. */
  readonly parts: readonly BulkPart[] | undefined;
  /** Something was filled in, and would be lost with the dialog. */
  readonly isChanged?: boolean;
  readonly children: ReactNode;
}) {
  const { t } = useTranslation(['actions', 'parts']);
  const { state, run, stop, reset } = useBulk();
  const close = () => {
    reset();
    onClose();
  };
  const start = async () => {
    const { failures, done, total } = await run(parts ?? []);
    if (failures.length === 0 && done === total) close();
  };
  return (
    <DialogFrame
      title={title}
      open={open}
      isBusy={state?.isRunning === true}
      isChanged={isChanged && state === undefined}
      onClose={close}
      actions={
        state === undefined ? (
          <>
            <Button onClick={close}>{t('parts:cancel')}</Button>
            <Button appearance="primary" disabled={!parts?.length} onClick={() => void start()}>
              {confirm}
            </Button>
          </>
        ) : state.isRunning ? (
          <Button onClick={stop}>{t('stop')}</Button>
        ) : (
          <Button appearance="primary" onClick={close}>
            {t('parts:close')}
          </Button>
        )
      }
    >
      {state === undefined ? children : <Progress state={state} />}
    </DialogFrame>
  );
}

function Progress({ state: { done, total, failures, isRunning } }: { readonly state: BulkState }) {
  const styles = useStyles();
  const { t } = useTranslation('actions');
  const { number } = useFormat();
  return (
    <>
      <Field
        validationState="none"
        validationMessage={t('progress', { done: number(done), total: number(total) })}
        role="status"
      >
        <ProgressBar value={total === 0 ? 0 : done / total} aria-label={t('progressLabel')} />
      </Field>
      {!isRunning && done < total && (
        <MessageBar intent="info">
          <MessageBarBody>{t('stopped', { formatted: number(total - done), count: total - done })}</MessageBarBody>
        </MessageBar>
      )}
      {failures.length > 0 && (
        <>
          <MessageBar intent="error" role="alert">
            <MessageBarBody>
              {t('failedFor', { count: failures.length, formatted: number(failures.length) })}
            </MessageBarBody>
          </MessageBar>
          <ul className={styles.failures}>
            {failures.map(({ name, error }) => (
              <li key={name}>
                {t('failure', { name })} <ProblemText error={error} />
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}
