import type { LicenseFix } from '@allot/contract';
import { Button, Caption1, makeStyles, Text, tokens } from '@fluentui/react-components';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FixDialog } from './FixDialog.tsx';
import type { FixScope } from './fix-scope.ts';
import { useFixWords } from './use-fix-words.ts';
import { useMayFix } from './use-may-fix.ts';

const useStyles = makeStyles({
  list: { listStyleType: 'none', margin: 0, padding: 0 },
  fix: {
    display: 'flex',
    alignItems: 'center',
    justifyContent: 'space-between',
    gap: tokens.spacingHorizontalM,
    padding: `${tokens.spacingVerticalXS} 0`,
    ':not(:last-child)': { borderBottom: `1px solid ${tokens.colorNeutralStroke3}` },
  },
  button: { flexShrink: 0 },
  quiet: { color: tokens.colorNeutralForeground3 },
});

/** What helps against a cause, each with a button that does it. */
export function FixList({
  fixes,
  scope,
  hereId,
  showUsers,
}: {
  readonly fixes: readonly LicenseFix[];
  readonly scope: FixScope;
  /** The group whose page it is. */
  readonly hereId?: string;
  /** Leads to the users, for what is done one by one. */
  readonly showUsers?: () => void;
}) {
  const styles = useStyles();
  const { t } = useTranslation('fixes');
  const mayFix = useMayFix();
  const [open, setOpen] = useState<LicenseFix>();
  if (fixes.length === 0) return <Caption1 className={styles.quiet}>{t('none')}</Caption1>;
  return (
    <>
      <ul className={styles.list}>
        {fixes.map((fix) => (
          <Fix
            key={JSON.stringify(fix)}
            fix={fix}
            {...(hereId === undefined ? {} : { hereId })}
            onFix={
              !mayFix(fix)
                ? undefined
                : fix.kind === 'fixAddress' && scope.kind === 'cause'
                  ? showUsers
                  : () => setOpen(fix)
            }
          />
        ))}
      </ul>
      {open && <FixDialog fix={open} scope={scope} onClose={() => setOpen(undefined)} />}
    </>
  );
}

function Fix({
  fix,
  hereId,
  onFix,
}: {
  readonly fix: LicenseFix;
  readonly hereId?: string;
  readonly onFix: (() => void) | undefined;
}) {
  const styles = useStyles();
  const { sentence, action } = useFixWords(fix, hereId);
  const id = useId();
  return (
    <li className={styles.fix}>
      <Text id={`${id}-text`}>{sentence}</Text>
      {onFix && (
        <Button
          size="small"
          className={styles.button}
          id={`${id}-button`}
          aria-labelledby={`${id}-button ${id}-text`}
          onClick={onFix}
        >
          {action}
        </Button>
      )}
    </li>
  );
}
