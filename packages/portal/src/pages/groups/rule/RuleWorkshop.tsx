import type { RulePreview } from '@allot/contract';
import { Button, makeStyles, MessageBar, MessageBarBody, Spinner, tokens } from '@fluentui/react-components';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useChange } from '../../../api/use-change.ts';
import { useUnsaved } from '../../../parts/form/use-unsaved.ts';
import { Refusal } from '../../../parts/Refusal.tsx';
import { useSession } from '../../../session/use-session.ts';
import { followsRule, type GroupShown } from '../group-data.ts';
import { RuleConsequences } from './RuleConsequences.tsx';
import { RuleEditor } from './RuleEditor.tsx';
import { RuleTest } from './RuleTest.tsx';
import { useRuleCheck } from './use-rule-check.ts';

const useStyles = makeStyles({
  workshop: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM },
  buttons: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalS },
});

/** Writes a rule, tries it on some users, shows what it does to everybody, and only then saves it. */
export function RuleWorkshop({
  group,
  isReadOnly,
  onCancel,
}: {
  readonly group: GroupShown;
  readonly isReadOnly: boolean;
  readonly onCancel: (() => void) | undefined;
}) {
  const styles = useStyles();
  const { t } = useTranslation(['rule', 'parts']);
  const { client } = useSession();
  const saved = group.membershipRule ?? '';
  const [edited, setEdited] = useState<string>();
  const rule = edited ?? saved;
  const check = useRuleCheck(rule);
  const preview = useMutation<RulePreview | undefined, Error, string>({
    mutationFn: (membershipRule) =>
      client.send('POST', '/allot/v1/rules/preview', { membershipRule, groupId: group.id }),
  });
  const save = useChange((_, membershipRule: string) =>
    client.send('PATCH', `/v1.0/groups/${group.id}`, {
      membershipRule,
      // A group that followed a rule before goes on, or stays paused.
      ...(followsRule(group) ? {} : { groupTypes: ['DynamicMembership'], membershipRuleProcessingState: 'On' }),
    }),
  );
  const isChanged = rule !== saved;
  useUnsaved(isChanged);
  const previewed = preview.variables === rule ? preview.data : undefined;
  const isShown = previewed !== undefined && isChanged;
  const cancel = () => {
    setEdited(undefined);
    preview.reset();
    save.reset();
    onCancel?.();
  };
  return (
    <div className={styles.workshop}>
      <RuleEditor rule={rule} onChange={setEdited} check={check} isReadOnly={isReadOnly} />
      {!isReadOnly && (isChanged || onCancel) && (
        <div className={styles.buttons}>
          <Button
            appearance={isShown ? 'secondary' : 'primary'}
            disabled={!check?.valid || preview.isPending || !isChanged}
            onClick={() => preview.mutate(rule)}
          >
            {t('preview')}
          </Button>
          {isShown && (
            <Button
              appearance="primary"
              disabled={save.isPending}
              onClick={() => save.mutate(rule, { onSuccess: () => setEdited(undefined) })}
            >
              {t('save')}
            </Button>
          )}
          <Button onClick={cancel}>{t('parts:cancel')}</Button>
          {preview.isPending && <Spinner size="tiny" label={t('previewing')} />}
        </div>
      )}
      <Refusal error={preview.variables === rule ? preview.error : null} />
      <Refusal error={save.error} />
      {save.isSuccess && !isChanged && group.membershipRuleProcessingState !== 'Paused' && (
        <MessageBar intent="success" role="status">
          <MessageBarBody>{t('saved')}</MessageBarBody>
        </MessageBar>
      )}
      {isShown && <RuleConsequences preview={previewed} />}
      <RuleTest rule={rule} groupId={isChanged ? undefined : group.id} isValid={check?.valid === true} />
    </div>
  );
}
