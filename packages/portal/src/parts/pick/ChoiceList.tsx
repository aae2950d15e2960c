import { Button, Combobox, Field, makeStyles, Option, Text, tokens } from '@fluentui/react-components';
import { Dismiss16Regular } from '@fluentui/react-icons';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

/** Something of a list that the page knows as a whole. */
export interface Choice {
  readonly id: string;
  readonly name: string;
  /** What tells those of the same name apart. */
  readonly detail?: string;
}

/** So many are offered; the next are found by typing more. */
const offeredMax = 60;

const useStyles = makeStyles({
  list: {
    listStyleType: 'none',
    margin: `${tokens.spacingVerticalXS} 0 0`,
    padding: 0,
    maxHeight: '16rem',
    overflowY: 'auto',
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
  },
  item: {
    display: 'flex',
    alignItems: 'center',
    justifyContent: 'space-between',
    gap: tokens.spacingHorizontalS,
    padding: `${tokens.spacingVerticalXXS} ${tokens.spacingHorizontalS}`,
    '& + &': { borderTop: `1px solid ${tokens.colorNeutralStroke3}` },
  },
  name: { minWidth: 0, overflowWrap: 'anywhere' },
  detail: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200, overflowWrap: 'anywhere' },
});

/** Finds some of many by what somebody types, and lists those that are chosen, each to be left out again. */
export function ChoiceList({
  label,
  hint,
  choices,
  chosen,
  onChange,
  problem,
}: {
  readonly label: string;
  readonly hint?: string;
  readonly choices: readonly Choice[];
  /** Ids, in the order in which they are listed. */
  readonly chosen: readonly string[];
  readonly onChange: (chosen: readonly string[]) => void;
  readonly problem?: string | undefined;
}) {
  const styles = useStyles();
  const { t } = useTranslation(['form', 'parts']);
  const [typed, setTyped] = useState('');
  const wanted = typed.trim().toLowerCase();
  const taken = new Set(chosen);
  const found = choices
    .filter(({ id, name, detail }) => !taken.has(id) && `${name} ${detail ?? ''} ${id}`.toLowerCase().includes(wanted))
    .slice(0, offeredMax);
  const byId = new Map(choices.map((choice) => [choice.id, choice]));
  return (
    <div>
      <Field
        label={label}
        hint={hint ?? null}
        {...(problem === undefined ? {} : { validationState: 'error' as const, validationMessage: problem })}
      >
        <Combobox
          value={typed}
          placeholder={t('findToAdd')}
          expandIcon={{ 'aria-label': t('parts:openList') }}
          selectedOptions={[]}
          onChange={({ target }) => setTyped(target.value)}
          onBlur={() => setTyped('')}
          onOptionSelect={(_, { optionValue }) => {
            setTyped('');
            if (optionValue) onChange([...chosen, optionValue]);
          }}
        >
          {found.length === 0 ? (
            <Option value="" text="" disabled>
              {t('noneFound')}
            </Option>
          ) : (
            found.map(({ id, name, detail }) => (
              <Option key={id} value={id} text={name}>
                <span>
                  {name} <span className={styles.detail}>{detail}</span>
                </span>
              </Option>
            ))
          )}
        </Combobox>
      </Field>
      {chosen.length > 0 && (
        <ul className={styles.list} tabIndex={0} aria-label={t('chosenOf', { label })}>
          {chosen.map((id) => {
            const { name, detail } = byId.get(id) ?? { name: id };
            return (
              <li key={id} className={styles.item}>
                <Text className={styles.name}>
                  {name} <span className={styles.detail}>{detail}</span>
                </Text>
                <Button
                  size="small"
                  appearance="subtle"
                  icon={<Dismiss16Regular />}
                  aria-label={t('leaveOut', { name })}
                  onClick={() => onChange(chosen.filter((one) => one !== id))}
                />
              </li>
            );
          })}
        </ul>
      )}
    </div>
  );
}
