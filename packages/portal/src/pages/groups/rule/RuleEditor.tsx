import type { Collection, RuleCheck, RuleProperty } from '@allot/contract';
import { Label, mergeClasses } from '@fluentui/react-components';
import { useId, useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRead } from '../../../api/use-api.ts';
import { CompletionList } from './CompletionList.tsx';
import { completeRule } from './complete-rule.ts';
import { RuleMessage } from './RuleMessage.tsx';
import { useRuleStyles } from './rule-styles.ts';

/** A rule has at most so many characters. */
const ruleLengthMax = 3072;

/** Where a rule is written: what is wrong is underlined in its place, and what may be written next is offered. */
export function RuleEditor({
  rule,
  onChange,
  check,
  isReadOnly,
}: {
  readonly rule: string;
  readonly onChange: (rule: string) => void;
  readonly check: RuleCheck | undefined;
  readonly isReadOnly: boolean;
}) {
  const styles = useRuleStyles();
  const { t } = useTranslation('rule');
  const id = useId();
  const area = useRef<HTMLTextAreaElement>(null);
  const { data } = useRead<Collection<RuleProperty>>('/allot/v1/rules/properties');
  const [caret, setCaret] = useState<number>();
  const [active, setActive] = useState(0);
  const { from, options } =
    caret === undefined ? { from: 0, options: [] } : completeRule(rule, caret, data?.value ?? []);
  const isOpen = options.length > 0;

  // What was put in place by us moves the caret behind it, once the text area shows it.
  const nextCaret = useRef<number>(undefined);
  useLayoutEffect(() => {
    if (nextCaret.current === undefined) return;
    area.current?.focus();
    area.current?.setSelectionRange(nextCaret.current, nextCaret.current);
    nextCaret.current = undefined;
  });

  const replace = (start: number, end: number, text: string) => {
    nextCaret.current = start + text.length;
    setCaret(nextCaret.current);
    setActive(0);
    onChange(rule.slice(0, start) + text + rule.slice(end));
  };
  const accept = (index: number) => {
    const option = options[index];
    if (option === undefined || caret === undefined) return;
    replace(from, caret, `${option.text} `);
  };
  const keys: Readonly<Record<string, () => void>> = {
    ArrowDown: () => setActive((active + 1) % options.length),
    ArrowUp: () => setActive((active + options.length - 1) % options.length),
    Enter: () => accept(active),
    Escape: () => setCaret(undefined),
  };
  return (
    <div>
      <Label htmlFor={`${id}-rule`} weight="semibold">
        {t('label')}
      </Label>
      <div className={styles.editor}>
        <Underlined rule={rule} check={check} />
        <textarea
          ref={area}
          id={`${id}-rule`}
          className={mergeClasses(styles.text, styles.area)}
          value={rule}
          readOnly={isReadOnly}
          maxLength={ruleLengthMax}
          spellCheck={false}
          autoCapitalize="off"
          placeholder={'user.department -eq "Sales"'}
          aria-invalid={check?.error ? true : undefined}
          aria-describedby={`${id}-message`}
          aria-autocomplete="list"
          aria-haspopup="listbox"
          aria-controls={isOpen ? `${id}-options` : undefined}
          aria-activedescendant={isOpen ? `${id}-options-${active}` : undefined}
          onChange={({ target }) => {
            onChange(target.value);
            setActive(0);
            setCaret(target.selectionStart);
          }}
          onKeyDown={(event) => {
            if (event.key === ' ' && event.ctrlKey) {
              event.preventDefault();
              setActive(0);
              setCaret(event.currentTarget.selectionStart);
              return;
            }
            const act = isOpen ? keys[event.key] : undefined;
            if (act === undefined) return;
            event.preventDefault();
            act();
          }}
          onClick={() => setCaret(undefined)}
          onBlur={() => setCaret(undefined)}
        />
        {isOpen && <CompletionList id={`${id}-options`} options={options} active={active} onPick={accept} />}
      </div>
      <RuleMessage
        id={`${id}-message`}
        rule={rule}
        check={check}
        onReplace={isReadOnly ? undefined : (text, { position, length }) => replace(position, position + length, text)}
      />
    </div>
  );
}

/** The rule once more behind the text area, to underline what is wrong and to give it its height. */
function Underlined({ rule, check }: { readonly rule: string; readonly check: RuleCheck | undefined }) {
  const styles = useRuleStyles();
  const error = check?.error;
  const end = error ? error.position + error.length : rule.length;
  return (
    <div className={mergeClasses(styles.text, styles.mirror)} aria-hidden>
      {error ? (
        <>
          {rule.slice(0, error.position)}
          <span className={styles.wrong}>{rule.slice(error.position, end) || '\u00A0\u00A0'}</span>
          {rule.slice(end)}
        </>
      ) : (
        rule
      )}
      {'\n'}
    </div>
  );
}
