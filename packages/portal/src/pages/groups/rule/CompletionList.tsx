import { mergeClasses } from '@fluentui/react-components';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { Completion } from './complete-rule.ts';
import { useRuleStyles } from './rule-styles.ts';

/** What may be written next; the text area keeps the focus and says which is active. */
export function CompletionList({
  id,
  options,
  active,
  onPick,
}: {
  readonly id: string;
  readonly options: readonly Completion[];
  readonly active: number;
  readonly onPick: (index: number) => void;
}) {
  const styles = useRuleStyles();
  const { t } = useTranslation('rule');
  useEffect(() => {
    document.getElementById(`${id}-${active}`)?.scrollIntoView({ block: 'nearest' });
  }, [id, active]);
  return (
    <ul role="listbox" id={id} className={styles.options} aria-label={t('completions')}>
      {options.map(({ text, kind }, index) => (
        <li
          key={text}
          id={`${id}-${index}`}
          role="option"
          aria-selected={index === active}
          className={mergeClasses(styles.option, index === active && styles.active)}
          // Before the text area loses the focus.
          onMouseDown={(event) => {
            event.preventDefault();
            onPick(index);
          }}
        >
          <span>{text}</span>
          <span className={styles.kind}>{t(`kind_${kind}`)}</span>
        </li>
      ))}
    </ul>
  );
}
