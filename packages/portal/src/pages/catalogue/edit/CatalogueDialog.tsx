import type { CataloguePreview } from '@allot/contract';
import { Button, makeStyles, Spinner, Subtitle2, tokens } from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useChange } from '../../../api/use-change.ts';
import { DialogFrame } from '../../../parts/DialogFrame.tsx';
import { CatalogueEffectView } from '../../../parts/effect/CatalogueEffectView.tsx';
import { Refusal } from '../../../parts/Refusal.tsx';
import { useSession } from '../../../session/use-session.ts';

const useStyles = makeStyles({
  heading: { margin: 0 },
  list: { margin: 0, paddingInlineStart: tokens.spacingHorizontalXL, overflowWrap: 'anywhere' },
});

/**
 * Changes something of the catalogue in two steps: what it is to be, then what that does to whom. Exactly what was shown is saved: the server
 * refuses anything else.
 */
export function CatalogueDialog({
  method = 'PUT',
  title,
  confirm,
  path,
  body,
  changes,
  isChanged = false,
  onDone,
  onClose,
  children,
}: {
  readonly method?: 'PUT' | 'DELETE';
  readonly title: string;
  /** What the last button says. */
  readonly confirm: string;
  /** Of what is put or deleted. */
  readonly path: string;
  /** Undefined while it cannot be put: nothing is different, or something is missing. */
  readonly body?: object | undefined;
  /** What becomes different in the catalogue, in sentences. */
  readonly changes: readonly string[];
  /** Something was filled in. */
  readonly isChanged?: boolean;
  /** When it is saved; the dialog is closed then, too. */
  readonly onDone?: () => void;
  readonly onClose: () => void;
  /** The fields; without any the consequences are shown at once. */
  readonly children?: ReactNode;
}) {
  const styles = useStyles();
  const { t } = useTranslation(['catalogue-editing', 'parts']);
  const { client } = useSession();
  const [isAsked, setAsked] = useState(children === undefined);
  const preview = useQuery({
    queryKey: ['catalogue', 'preview', method, path, body],
    queryFn: ({ signal }) => client.send<CataloguePreview>(method, `${path}?dryRun=true`, body, signal),
    enabled: isAsked && (method === 'DELETE' || body !== undefined),
    retry: false,
  });
  const save = useChange((to, token: string) => to.send(method, `${path}?preview=${encodeURIComponent(token)}`, body));
  const { data, error } = preview;
  const finish = () => {
    onClose();
    onDone?.();
  };
  const back = () => {
    save.reset();
    setAsked(false);
  };
  return (
    <DialogFrame
      title={title}
      isBusy={save.isPending}
      isChanged={isChanged}
      onClose={onClose}
      actions={
        <>
          {isAsked && children !== undefined && (
            <Button disabled={save.isPending} onClick={back}>
              {t('back')}
            </Button>
          )}
          <Button disabled={save.isPending} onClick={onClose}>
            {t('parts:cancel')}
          </Button>
          {isAsked ? (
            <Button
              appearance="primary"
              disabled={data === undefined || error !== null || save.isPending}
              onClick={() => save.mutate(data?.preview ?? '', { onSuccess: finish })}
            >
              {confirm}
            </Button>
          ) : (
            <Button appearance="primary" disabled={body === undefined} onClick={() => setAsked(true)}>
              {t('show')}
            </Button>
          )}
        </>
      }
    >
      {isAsked && error ? (
        <Refusal error={error} />
      ) : isAsked ? (
        <>
          <ul className={styles.list}>
            {changes.map((one) => (
              <li key={one}>{one}</li>
            ))}
          </ul>
          <Subtitle2 as="h3" className={styles.heading}>
            {t('consequences')}
          </Subtitle2>
          {data === undefined ? <Spinner label={t('finding')} /> : <CatalogueEffectView effect={data.effect} />}
        </>
      ) : (
        children
      )}
      <Refusal error={save.error} />
    </DialogFrame>
  );
}
