import { Caption1, makeStyles, Spinner, Subtitle2, Text, tokens } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useRead } from '../../api/use-api.ts';
import { PageLink } from '../../parts/LinkButton.tsx';
import { SidePanel } from '../../parts/SidePanel.tsx';
import { Problem } from '../../parts/Problem.tsx';
import { useActivity } from '../../text/use-activity.ts';
import { useFormat } from '../../text/use-format.ts';
import { usePropertyName } from '../../text/use-property-name.ts';
import { type AuditEntry, entryPath, initiatorOf } from './audit-entry.ts';
import { ChangedProperties } from './ChangedProperties.tsx';
import { SameChange } from './SameChange.tsx';
import { TargetLink } from './TargetLink.tsx';
import { useReason } from './use-reason.ts';

const useStyles = makeStyles({
  body: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalM,
    paddingBottom: tokens.spacingVerticalXXL,
  },
  facts: {
    display: 'grid',
    gridTemplateColumns: 'max-content 1fr',
    gap: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalL}`,
    margin: 0,
  },
  term: { color: tokens.colorNeutralForeground2 },
  value: { margin: 0, overflowWrap: 'anywhere' },
  title: { margin: 0 },
  section: { marginTop: tokens.spacingVerticalM },
});

/** Details that are not a line of their own. */
const toldElsewhere: ReadonlySet<string> = new Set(['causedBy', 'reason', 'reasonCode']);

/** Everything about one entry of the log: its values, its cause, and what else belongs to the same change. */
export function EntryPanel({ id, close }: { readonly id: string; readonly close: () => void }) {
  const { t } = useTranslation('audit');
  const { t: parts } = useTranslation('parts');
  const activityName = useActivity();
  const { data, error, refetch } = useRead<AuditEntry>(entryPath(id));
  return (
    <SidePanel title={data === undefined ? t('details') : activityName(data.activityDisplayName)} close={close}>
      {error ? (
        <Problem error={error} retry={() => void refetch()} />
      ) : data === undefined ? (
        <Spinner label={parts('loading')} />
      ) : (
        <Entry entry={data} />
      )}
    </SidePanel>
  );
}

function Entry({ entry }: { readonly entry: AuditEntry }) {
  const styles = useStyles();
  const { t } = useTranslation('audit');
  const { dateTime } = useFormat();
  const nameOf = usePropertyName();
  const causes = entry.additionalDetails.filter(({ key }) => key === 'causedBy');
  const others = entry.additionalDetails.filter(({ key }) => !toldElsewhere.has(key));
  const reason = useReason()(entry);
  return (
    <div className={styles.body}>
      <dl className={styles.facts}>
        <Fact term={t('when')}>{dateTime(entry.activityDateTime)}</Fact>
        <Fact term={t('who')}>{initiatorOf(entry.initiatedBy)}</Fact>
        <Fact term={t('result')}>{entry.result === 'success' ? t('success') : t('failure')}</Fact>
        {reason && (
          <Fact term={t('reason')}>
            {reason.text}
            {reason.detail !== undefined && (
              <Caption1 block lang="en" className={styles.term}>
                {reason.detail}
              </Caption1>
            )}
          </Fact>
        )}
        {others.map(({ key, value }) => (
          <Fact key={key} term={nameOf(key)}>
            {value === 'true' ? t('yes') : value}
          </Fact>
        ))}
      </dl>
      {entry.targetResources.map((target) => (
        <section key={target.id} className={styles.section}>
          <Subtitle2 as="h3" block className={styles.title}>
            <TargetLink target={target} />
          </Subtitle2>
          <ChangedProperties properties={target.modifiedProperties} />
        </section>
      ))}
      {causes.length > 0 && (
        <section className={styles.section}>
          <Subtitle2 as="h3" block className={styles.title}>
            {t('cause')}
          </Subtitle2>
          <Text block>{t('causeHint')}</Text>
          {causes.map(({ value }) => (
            <SameChange key={value} correlationId={value} of={entry.id} />
          ))}
        </section>
      )}
      <section className={styles.section}>
        <Subtitle2 as="h3" block className={styles.title}>
          {t('same')}
        </Subtitle2>
        <Text block>{t('sameHint')}</Text>
        <SameChange correlationId={entry.correlationId} of={entry.id} />
        <PageLink to="/audit" search={{ correlation: entry.correlationId }}>
          {t('showSame')}
        </PageLink>
        <Caption1 block>
          {t('correlation')} {entry.correlationId}
        </Caption1>
      </section>
    </div>
  );
}

function Fact({ term, children }: { readonly term: string; readonly children: ReactNode }) {
  const styles = useStyles();
  return (
    <>
      <dt className={styles.term}>{term}</dt>
      <dd className={styles.value}>{children}</dd>
    </>
  );
}
