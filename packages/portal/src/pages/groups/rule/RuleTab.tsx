import { Button, makeStyles, Text, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { may, useMay } from '../../../api/use-permissions.ts';
import { Notice } from '../../../parts/Notice.tsx';
import { followsRule, type GroupShown, useGroupLicensing } from '../group-data.ts';
import { RuleProcessing } from './RuleProcessing.tsx';
import { RuleWorkshop } from './RuleWorkshop.tsx';
import { StopRule } from './StopRule.tsx';

const useStyles = makeStyles({
  tab: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalL, maxWidth: '64rem' },
  stop: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    justifyContent: 'space-between',
    gap: tokens.spacingHorizontalM,
    padding: `${tokens.spacingVerticalM} 0`,
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
  },
});

/** The rule that says who the members of a group are; or how a group gets one. */
export function RuleTab({ group }: { readonly group: GroupShown }) {
  const { t } = useTranslation('rule');
  const styles = useStyles();
  const mayChange = useMay()(may.changeGroups, group.id);
  const { data: licensing } = useGroupLicensing(group.id);
  const [isBeginning, setBeginning] = useState(false);
  const [isStopping, setStopping] = useState(false);
  const isByRule = followsRule(group);
  if (!isByRule && !isBeginning) {
    return (
      <Notice title={t('noRule')} text={mayChange ? t('noRuleHint') : t('noRuleReadOnly')}>
        {mayChange && (
          <Button appearance="primary" onClick={() => setBeginning(true)}>
            {t('begin')}
          </Button>
        )}
      </Notice>
    );
  }
  return (
    <div className={styles.tab}>
      {isByRule && licensing?.rule && (
        <RuleProcessing groupId={group.id} standing={licensing.rule} isReadOnly={!mayChange} />
      )}
      {!isByRule && <Text>{t('beginText')}</Text>}
      <RuleWorkshop group={group} isReadOnly={!mayChange} onCancel={isByRule ? undefined : () => setBeginning(false)} />
      {isByRule && mayChange && (
        <div className={styles.stop}>
          <Text>{t('stopHint')}</Text>
          <Button onClick={() => setStopping(true)}>{t('stop')}</Button>
        </div>
      )}
      <StopRule group={group} open={isStopping} onClose={() => setStopping(false)} />
    </div>
  );
}
