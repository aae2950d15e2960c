import {
  makeStyles,
  mergeClasses,
  MessageBar,
  MessageBarBody,
  Spinner,
  Text,
  tokens,
} from '@fluentui/react-components';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../text/use-format.ts';
import { Problem } from '../Problem.tsx';
import { ErrorsToExpect, RefusedUsers } from './ErrorsToExpect.tsx';
import { type LicenseChange, type LicenseTarget, previewedUsersMax } from './license-target.ts';
import { SeatChanges } from './SeatChanges.tsx';
import { type Effect, useEffectPreview, type usePreview } from './use-effect-preview.ts';
import { WhoGetsIt } from './WhoGetsIt.tsx';

const useStyles = makeStyles({
  effect: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalL, minWidth: 0 },
  old: { opacity: 0.5 },
});

/** What a change of licenses will do: who gets it, who will be in error and why, and the seats before and after. */
export function EffectPreview({ target, change }: { readonly target: LicenseTarget; readonly change: LicenseChange }) {
  const preview = useEffectPreview(target, change);
  return <ShownEffect preview={preview} of={previewedOf(target)} />;
}

/** How many a preview of a target can tell of, where it is not all. */
export const previewedOf = (target: LicenseTarget): Previewed =>
  target.kind === 'users' ? { all: target.userIds.length, shown: previewedUsersMax } : undefined;

/** Of so many at most it can be told what becomes of them. */
type Previewed = { readonly all: number; readonly shown: number } | undefined;

/** The same, for whoever also waits for the answer. */
export function ShownEffect({
  preview,
  of,
}: {
  readonly preview: ReturnType<typeof usePreview>;
  readonly of?: Previewed;
}) {
  const styles = useStyles();
  const { t } = useTranslation('assign');
  const { number } = useFormat();
  const { isAsked, effect, error, isCurrent, refetch } = preview;
  if (!isAsked) return <Text>{t('chooseFirst')}</Text>;
  if (error) return <Problem error={error} retry={() => void refetch()} />;
  if (effect === undefined) return <Spinner size="small" label={t('previewing')} labelPosition="after" />;
  return (
    <div className={styles.effect} aria-busy={!isCurrent} aria-live="polite">
      {of !== undefined && of.all > of.shown && (
        <MessageBar intent="info" layout="multiline">
          <MessageBarBody>{t('previewOfFirst', { shown: number(of.shown), all: number(of.all) })}</MessageBarBody>
        </MessageBar>
      )}
      <div className={mergeClasses(styles.effect, !isCurrent && styles.old)}>
        <Told effect={effect} />
      </div>
    </div>
  );
}

/** An effect that is known already, such as that of a rule. */
export function Told({ effect }: { readonly effect: Effect }) {
  return (
    <>
      <WhoGetsIt effect={effect} />
      {effect.users && <RefusedUsers users={effect.users} />}
      <ErrorsToExpect errors={effect.inError} />
      <SeatChanges seats={effect.seats} />
    </>
  );
}
