import type { RuleCheck, RuleCheckError } from '@allot/contract';
import { Button, Caption1 } from '@fluentui/react-components';
import { CheckmarkCircle16Filled, ErrorCircle16Filled } from '@fluentui/react-icons';
import { useTranslation } from 'react-i18next';
import { useRuleStyles } from './rule-styles.ts';
import { useRuleProblem } from './use-rule-problem.ts';

/** What the server says of the rule: that it can be read, or what is wrong, what to do, and what may be meant. */
export function RuleMessage({
  id,
  rule,
  check,
  onReplace,
}: {
  readonly id: string;
  readonly rule: string;
  readonly check: RuleCheck | undefined;
  readonly onReplace: ((text: string, error: RuleCheckError) => void) | undefined;
}) {
  const styles = useRuleStyles();
  const { t } = useTranslation('rule');
  const say = useRuleProblem();
  const error = check?.error;
  return (
    <div className={styles.message}>
      <div id={id} role="status">
        {error ? (
          <Caption1 className={styles.bad}>
            <ErrorCircle16Filled className={styles.icon} />{' '}
            {say(error) ?? (
              <span lang="en">
                {error.message} {error.hint}
              </span>
            )}
          </Caption1>
        ) : check?.valid ? (
          <Caption1 className={styles.good}>
            <CheckmarkCircle16Filled className={styles.icon} /> {t('valid')}
          </Caption1>
        ) : (
          <Caption1>{rule.trim() === '' ? t('empty') : t('checking')}</Caption1>
        )}
      </div>
      {error &&
        onReplace &&
        error.suggestions.map((suggestion) => (
          <Button key={suggestion} size="small" onClick={() => onReplace(suggestion, error)}>
            {t('replace', { text: suggestion })}
          </Button>
        ))}
    </div>
  );
}
