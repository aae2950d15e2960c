import { makeStyles, Subtitle1, Text, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ObjectPicker, type Picked } from '../../../parts/pick/ObjectPicker.tsx';
import { TestedUser } from './TestedUser.tsx';

/** Whoever wants to know of more looks at what saving does to everybody. */
const testedMax = 10;

const useStyles = makeStyles({
  test: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM, maxWidth: '48rem' },
  heading: { margin: `${tokens.spacingVerticalM} 0 0` },
});

/** Tries a rule on some users, and tells of each part of it what it says of them. */
export function RuleTest({
  rule,
  groupId,
  isValid,
}: {
  readonly rule: string;
  /** The group that has this rule already; undefined while it is not saved. */
  readonly groupId: string | undefined;
  readonly isValid: boolean;
}) {
  const styles = useStyles();
  const { t } = useTranslation('rule');
  const [picked, setPicked] = useState<readonly Picked[]>([]);
  return (
    <section className={styles.test} aria-labelledby="rule-test">
      <Subtitle1 as="h2" block className={styles.heading} id="rule-test">
        {t('test')}
      </Subtitle1>
      <ObjectPicker label={t('testUsers')} kinds={['user']} picked={picked} onPick={setPicked} max={testedMax} />
      {picked.length > 0 && !isValid && <Text>{t('testLater')}</Text>}
      {isValid && picked.map((user) => <TestedUser key={user.id} user={user} rule={rule} groupId={groupId} />)}
    </section>
  );
}
