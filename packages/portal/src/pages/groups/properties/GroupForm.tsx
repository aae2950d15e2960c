import { Field, makeStyles, Radio, RadioGroup, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useChange } from '../../../api/use-change.ts';
import { fieldProblems, unplacedError } from '../../../parts/form/field-problems.ts';
import { FieldGroup } from '../../../parts/form/FieldGroup.tsx';
import { SaveBar } from '../../../parts/form/SaveBar.tsx';
import { TextField } from '../../../parts/form/TextField.tsx';
import { useUnsaved } from '../../../parts/form/use-unsaved.ts';
import { Refusal } from '../../../parts/Refusal.tsx';
import { followsRule, type GroupShown } from '../group-data.ts';

const useStyles = makeStyles({
  form: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalXL },
});

/** With the limits of the server, in characters. */
const texts = [
  ['displayName', 256],
  ['description', 1024],
  ['mailNickname', 64],
] as const;

const properties = ['displayName', 'description', 'mailNickname', 'membershipRuleProcessingState'] as const;

type Values = Readonly<Record<(typeof properties)[number], string>>;

/** Name, description, nickname, and whether the rule is followed; saved together. */
export function GroupForm({ group, isReadOnly }: { readonly group: GroupShown; readonly isReadOnly: boolean }) {
  const styles = useStyles();
  const { t } = useTranslation('group-properties');
  const [draft, setDraft] = useState<Partial<Values>>({});
  const save = useChange((client, changed: object) => client.send('PATCH', `/v1.0/groups/${group.id}`, changed));
  const before: Values = {
    displayName: group.displayName,
    description: group.description ?? '',
    mailNickname: group.mailNickname ?? '',
    membershipRuleProcessingState: group.membershipRuleProcessingState ?? 'On',
  };
  const now = { ...before, ...draft };
  const changed = Object.fromEntries(
    properties
      .filter((name) => now[name] !== before[name])
      .map((name) => [name, now[name].trim() === '' ? null : now[name].trim()]),
  );
  const isChanged = Object.keys(changed).length > 0;
  useUnsaved(isChanged);
  const problems = fieldProblems(save.error);
  const change = (part: Partial<Values>) => {
    save.reset();
    setDraft({ ...draft, ...part });
  };
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (isChanged) save.mutate(changed, { onSuccess: () => setDraft({}) });
      }}
    >
      <FieldGroup title={t('identity')} isOneColumn>
        {texts.map(([name, max]) => (
          <TextField
            key={name}
            label={t(name)}
            hint={name === 'mailNickname' ? t('mailNicknameHint') : undefined}
            type={name === 'description' ? 'lines' : 'text'}
            value={now[name]}
            max={max}
            isReadOnly={isReadOnly}
            isRequired={name !== 'description'}
            problem={problems.get(name.toLowerCase())}
            onChange={(value) => change({ [name]: value })}
          />
        ))}
      </FieldGroup>
      {followsRule(group) && (
        <Field label={t('processing')} hint={t('processingHint')}>
          <RadioGroup
            value={now.membershipRuleProcessingState}
            disabled={isReadOnly}
            onChange={(_, { value }) => change({ membershipRuleProcessingState: value })}
          >
            <Radio value="On" label={t('processingOn')} />
            <Radio value="Paused" label={t('processingPaused')} />
          </RadioGroup>
        </Field>
      )}
      <Refusal error={unplacedError(save.error, properties)} />
      {!isReadOnly && (
        <SaveBar
          isChanged={isChanged}
          isReady={now.displayName.trim() !== '' && now.mailNickname.trim() !== ''}
          isSaving={save.isPending}
          isSaved={save.isSuccess}
          undo={() => (save.reset(), setDraft({}))}
        />
      )}
    </form>
  );
}
