import type { Summary } from '@allot/contract';
import { makeStyles, Text, tokens } from '@fluentui/react-components';
import { CheckmarkCircle20Filled, Circle20Regular } from '@fluentui/react-icons';
import { useTranslation } from 'react-i18next';
import { useCount } from '../../api/use-api.ts';
import { may, useMay } from '../../api/use-permissions.ts';
import { LinkButton } from '../../parts/LinkButton.tsx';
import { OverviewSection } from './OverviewSection.tsx';

const useStyles = makeStyles({
  steps: { listStyleType: 'none', margin: 0, padding: 0, maxWidth: '56rem' },
  step: {
    display: 'grid',
    gridTemplateColumns: 'auto minmax(0, 1fr) auto',
    alignItems: 'center',
    gap: tokens.spacingHorizontalM,
    padding: `${tokens.spacingVerticalM} 0`,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
    '@media (max-width: 40rem)': { gridTemplateColumns: 'auto minmax(0, 1fr)' },
  },
  words: { display: 'flex', flexDirection: 'column' },
  quiet: { color: tokens.colorNeutralForeground2 },
  done: { color: tokens.colorStatusSuccessForeground1 },
  link: { '@media (max-width: 40rem)': { gridColumn: 2, justifySelf: 'start' } },
});

/** What a new organization does first, as far as it is not done, with the way there; nothing once users have licenses. */
export function FirstSteps({ summary }: { readonly summary: Summary }) {
  const styles = useStyles();
  const { t } = useTranslation('first-steps');
  const mayDo = useMay();
  const isNew = summary.licensesGranted === 0;
  const groups = useCount('/v1.0/groups', undefined, isNew);
  const mayBegin = mayDo(may.changeOrganization) || mayDo(may.changeUsers) || mayDo(may.createGroups);
  if (!isNew || !mayBegin || groups === undefined) return null;
  const steps = [
    { name: 'seats', isDone: summary.products.length > 0, to: '/catalogue', isAllowed: mayDo(may.changeOrganization) },
    { name: 'users', isDone: summary.users > 0, to: '/users', isAllowed: mayDo(may.changeUsers) },
    { name: 'groups', isDone: groups > 0, to: '/groups', isAllowed: mayDo(may.createGroups) },
    { name: 'licenses', isDone: false, to: '/groups', isAllowed: mayDo(may.licenseGroups) },
  ] as const;
  return (
    <OverviewSection title={t('title')}>
      <ol className={styles.steps}>
        {steps.map(({ name, isDone, to, isAllowed }) => (
          <li key={name} className={styles.step}>
            {isDone ? (
              <CheckmarkCircle20Filled className={styles.done} aria-label={t('done')} />
            ) : (
              <Circle20Regular className={styles.quiet} aria-label={t('open')} />
            )}
            <span className={styles.words}>
              <Text weight="semibold">{t(name)}</Text>
              <Text className={styles.quiet}>{isAllowed ? t(`${name}Text`) : t('notYours')}</Text>
            </span>
            {isAllowed && !isDone && (
              <LinkButton to={to} className={styles.link}>
                {t(`${name}Link`)}
              </LinkButton>
            )}
          </li>
        ))}
      </ol>
    </OverviewSection>
  );
}
