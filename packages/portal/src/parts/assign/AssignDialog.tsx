import {
  Button,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  makeStyles,
  Subtitle2,
  tokens,
} from '@fluentui/react-components';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { AskingDialog } from '../AskingDialog.tsx';
import { FocusBack } from '../FocusBack.tsx';
import { AssignmentProgress } from './AssignmentProgress.tsx';
import type { LicenseTarget } from './license-target.ts';
import type { Assignment } from './use-assignment.ts';

const narrow = '@media (max-width: 52rem)';

const useStyles = makeStyles({
  surface: { maxWidth: 'min(70rem, calc(100vw - 2rem))' },
  columns: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr) minmax(0, 1fr)',
    columnGap: tokens.spacingHorizontalXXL,
    rowGap: tokens.spacingVerticalL,
    minHeight: '22rem',
    [narrow]: { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
  effect: {
    borderLeft: `1px solid ${tokens.colorNeutralStroke2}`,
    paddingLeft: tokens.spacingHorizontalXXL,
    // Stays in sight while one goes through services.
    position: 'sticky',
    top: 0,
    alignSelf: 'start',
    maxHeight: 'calc(100vh - 12rem)',
    overflowY: 'auto',
    [narrow]: {
      position: 'static',
      maxHeight: 'none',
      borderLeft: 'none',
      borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
      padding: `${tokens.spacingVerticalL} 0 0`,
    },
  },
});

/** Choices beside what they will do; then how far it is; then what became of it. */
export function AssignDialog({
  title,
  target,
  choices,
  effect,
  action,
  assignment,
  isChanged,
  stop,
  onClose,
}: {
  readonly title: string;
  readonly target: LicenseTarget;
  readonly choices: ReactNode;
  readonly effect: ReactNode;
  readonly action: ReactNode;
  readonly assignment: Assignment;
  /** Something was chosen. */
  readonly isChanged: boolean;
  readonly stop: () => void;
  readonly onClose: () => void;
}) {
  const styles = useStyles();
  const { t } = useTranslation('assign');
  const { t: ofParts } = useTranslation('parts');
  const isRunning = assignment.state === 'running';
  return (
    // What runs is stopped first, so that nobody loses sight of it.
    <AskingDialog open isBusy={isRunning} isChanged={isChanged && assignment.state === 'open'} onClose={onClose}>
      <DialogSurface className={assignment.state === 'open' ? styles.surface : undefined}>
        <FocusBack />
        <DialogBody>
          <DialogTitle>{title}</DialogTitle>
          <DialogContent tabIndex={0}>
            {assignment.state === 'open' ? (
              <div className={styles.columns}>
                <section>
                  <Subtitle2 as="h3" block>
                    {t('products')}
                  </Subtitle2>
                  {choices}
                </section>
                <section className={styles.effect} aria-label={t('effect')}>
                  {effect}
                </section>
              </div>
            ) : (
              <AssignmentProgress assignment={assignment} target={target} />
            )}
          </DialogContent>
          <DialogActions>
            {isRunning ? (
              target.kind === 'users' && <Button onClick={stop}>{t('stop')}</Button>
            ) : (
              <Button appearance={assignment.state === 'done' ? 'primary' : 'secondary'} onClick={onClose}>
                {assignment.state === 'open' ? ofParts('cancel') : ofParts('close')}
              </Button>
            )}
            {assignment.state === 'open' && action}
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </AskingDialog>
  );
}
