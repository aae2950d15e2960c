import { Badge, Caption1, makeStyles, mergeClasses, Spinner, Text, tokens } from '@fluentui/react-components';
import { Checkmark16Filled, Dismiss16Filled } from '@fluentui/react-icons';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Picked } from '../../../parts/pick/ObjectPicker.tsx';
import { Problem } from '../../../parts/Problem.tsx';
import { useSession } from '../../../session/use-session.ts';

/** What one part of a rule says of a user, as Graph tells it. */
interface Part {
  readonly expression: string;
  readonly expressionResult: boolean;
  readonly propertyToEvaluate?: { readonly propertyName: string; readonly propertyValue: string | null };
  readonly expressionEvaluationDetails: readonly Part[];
}

interface Evaluated {
  readonly membershipRuleEvaluationResult: boolean;
  readonly membershipRuleEvaluationDetails: Part;
}

const useStyles = makeStyles({
  user: {
    padding: tokens.spacingHorizontalM,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
  },
  head: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalM },
  parts: { listStyleType: 'none', margin: `${tokens.spacingVerticalXS} 0 0`, padding: 0 },
  nested: {
    marginLeft: '7px',
    paddingLeft: tokens.spacingHorizontalL,
    borderLeft: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  part: { padding: '2px 0' },
  code: { fontFamily: tokens.fontFamilyMonospace, overflowWrap: 'anywhere' },
  icon: { verticalAlign: 'text-bottom', marginRight: tokens.spacingHorizontalXS },
  yes: { color: tokens.colorStatusSuccessForeground1 },
  no: { color: tokens.colorStatusDangerForeground1 },
  value: { color: tokens.colorNeutralForeground3 },
});

/** Whether a rule names a user, and what each part of it says. */
export function TestedUser({
  user,
  rule,
  groupId,
}: {
  readonly user: Picked;
  readonly rule: string;
  readonly groupId: string | undefined;
}) {
  const styles = useStyles();
  const { t } = useTranslation('rule');
  const { client } = useSession();
  const path = groupId === undefined ? '/beta/groups' : `/beta/groups/${groupId}`;
  const { data, error } = useQuery({
    queryKey: ['evaluate', path, rule, user.id],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => {
      const body = { memberId: user.id, ...(groupId === undefined ? { membershipRule: rule } : {}) };
      return client.send<Evaluated>('POST', `${path}/evaluateDynamicMembership`, body, signal);
    },
  });
  if (error) return <Problem error={error} />;
  if (data === undefined) return <Spinner size="tiny" />;
  const isNamed = data.membershipRuleEvaluationResult;
  return (
    <article className={styles.user} aria-label={user.displayName}>
      <div className={styles.head}>
        <Text weight="semibold">{user.displayName}</Text>
        <Badge appearance="tint" color={isNamed ? 'success' : 'informative'}>
          {isNamed ? t('isMember') : t('isNoMember')}
        </Badge>
        <Caption1 className={styles.value}>{user.userPrincipalName}</Caption1>
      </div>
      <ul className={styles.parts}>
        <PartOutcome part={data.membershipRuleEvaluationDetails} />
      </ul>
    </article>
  );
}

function PartOutcome({ part }: { readonly part: Part }) {
  const styles = useStyles();
  const { t } = useTranslation('rule');
  const { expression, expressionResult, propertyToEvaluate, expressionEvaluationDetails: parts } = part;
  const isLink = parts.length > 0;
  return (
    <li className={styles.part}>
      {expressionResult ? (
        <Checkmark16Filled className={mergeClasses(styles.icon, styles.yes)} aria-label={t('yes')} />
      ) : (
        <Dismiss16Filled className={mergeClasses(styles.icon, styles.no)} aria-label={t('no')} />
      )}
      <span className={isLink ? undefined : styles.code}>
        {expression === 'and' || expression === 'or' || expression === 'not' ? t(`link_${expression}`) : expression}
      </span>{' '}
      {propertyToEvaluate && (
        <Caption1 className={styles.value}>
          {propertyToEvaluate.propertyValue === null
            ? t('hasNone', { property: propertyToEvaluate.propertyName })
            : t('has', { property: propertyToEvaluate.propertyName, value: propertyToEvaluate.propertyValue })}
        </Caption1>
      )}
      {isLink && (
        <ul className={mergeClasses(styles.parts, styles.nested)}>
          {parts.map((one, index) => (
            <PartOutcome key={index} part={one} />
          ))}
        </ul>
      )}
    </li>
  );
}
