import type { GroupErrorCause } from '@allot/contract';
import { makeStyles, Subtitle1, tokens } from '@fluentui/react-components';
import { useTranslation } from 'react-i18next';
import { ErrorCause } from './ErrorCause.tsx';

export const causesId = 'causes-of-errors';

const useStyles = makeStyles({
  causes: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM, outlineStyle: 'none' },
  heading: { margin: `${tokens.spacingVerticalM} 0 0` },
});

/** Why members did not get what the group gives, folded by cause. */
export function ErrorCauses({
  groupId,
  causes,
}: {
  readonly groupId: string;
  readonly causes: readonly GroupErrorCause[];
}) {
  const styles = useStyles();
  const { t } = useTranslation('group');
  return (
    <section className={styles.causes} id={causesId} tabIndex={-1} aria-labelledby={`${causesId}-title`}>
      <Subtitle1 as="h2" block className={styles.heading} id={`${causesId}-title`}>
        {t('causes')}
      </Subtitle1>
      {rootsFirst(causes).map((cause) => (
        <ErrorCause key={`${cause.skuId}|${cause.error}`} groupId={groupId} cause={cause} />
      ))}
    </section>
  );
}

/** What failed only because something else did, comes after what it follows from. */
const rootsFirst = (causes: readonly GroupErrorCause[]): readonly GroupErrorCause[] =>
  causes.toSorted((a, b) => Number(a.error === 'Other') - Number(b.error === 'Other'));
