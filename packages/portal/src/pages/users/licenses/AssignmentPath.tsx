import type { Explanation } from '@allot/contract';
import {
  Accordion,
  AccordionHeader,
  AccordionItem,
  AccordionPanel,
  Caption1,
  makeStyles,
  Text,
  tokens,
} from '@fluentui/react-components';
import { useTranslation } from 'react-i18next';
import { may, useMay } from '../../../api/use-permissions.ts';
import { useProducts } from '../../../api/use-products.ts';
import { PlanSwitches } from '../../../parts/assign/PlanSwitches.tsx';
import { useErrorName } from '../../../text/use-error-name.ts';
import { FixList } from '../../../parts/fixes/FixList.tsx';
import { LicenseState } from '../../../parts/LicenseState.tsx';
import { PageLink } from '../../../parts/LinkButton.tsx';
import { useReasonWords } from '../../../parts/use-reason-words.ts';
import { useFormat } from '../../../text/use-format.ts';
import type { UserData } from '../user-data.ts';
import { DirectServices } from './DirectServices.tsx';

const useStyles = makeStyles({
  path: { padding: `${tokens.spacingVerticalS} 0`, borderTop: `1px solid ${tokens.colorNeutralStroke3}` },
  head: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalM },
  since: { color: tokens.colorNeutralForeground3, marginLeft: 'auto' },
  error: {
    borderLeft: `3px solid ${tokens.colorStatusDangerBorder2}`,
    paddingLeft: tokens.spacingHorizontalM,
    margin: `${tokens.spacingVerticalS} 0`,
  },
});

/** One way in which a user has a product: directly, or by a group; with its state, what helps, and its services. */
export function AssignmentPath({
  user,
  entry,
  isOnly,
}: {
  readonly user: UserData;
  readonly entry: Explanation;
  /** The user has the product in no other way. */
  readonly isOnly: boolean;
}) {
  const styles = useStyles();
  const { t } = useTranslation('user');
  const { dateTime, number } = useFormat();
  const { productById } = useProducts();
  const errorName = useErrorName();
  const reasonWords = useReasonWords();
  const mayDo = useMay();
  const isDirect = entry.source === 'direct';
  const groupId = isDirect ? null : entry.source;
  const state = user.licenseAssignmentStates.find(
    (one) => one.skuId === entry.skuId && one.assignedByGroup === groupId,
  );
  const disabledPlans = state?.disabledPlans ?? [];
  const plans = (productById.get(entry.skuId)?.servicePlans ?? []).filter(({ appliesTo }) => appliesTo === 'User');
  const on = plans.filter(({ servicePlanId }) => !disabledPlans.includes(servicePlanId)).length;
  const counts = { on: number(on), all: number(plans.length) };
  return (
    <li className={styles.path}>
      <div className={styles.head}>
        {groupId === null ? (
          <Text weight="semibold">{t('direct')}</Text>
        ) : (
          <Text weight="semibold">
            {t('inheritedFrom')}{' '}
            <PageLink to="/groups/$groupId" params={{ groupId }}>
              {entry.sourceName}
            </PageLink>
          </Text>
        )}
        <LicenseState states={[entry.state]} />
        {state?.lastUpdatedDateTime && (
          <Caption1 className={styles.since}>{t('since', { at: dateTime(state.lastUpdatedDateTime) })}</Caption1>
        )}
      </div>
      {entry.reasons.length > 0 && (
        <div className={styles.error}>
          <Text weight="semibold" block>
            {errorName(entry.error === 'None' ? (entry.reasons[0]?.code ?? entry.error) : entry.error)}
          </Text>
          <Text block>{reasonWords(entry.reasons, entry.sentence)}</Text>
          <FixList fixes={entry.fixes} scope={{ kind: 'user', user }} />
        </div>
      )}
      <Accordion collapsible>
        <AccordionItem value="services">
          <AccordionHeader size="small">{t('servicesOn', counts)}</AccordionHeader>
          <AccordionPanel>
            {isDirect && mayDo(may.licenseUsers) ? (
              <DirectServices user={user} skuId={entry.skuId} disabledPlans={disabledPlans} isOnly={isOnly} />
            ) : (
              <>
                {!isDirect && <Caption1 block>{t('inheritedHint')}</Caption1>}
                <PlanSwitches skuId={entry.skuId} disabledPlans={disabledPlans} isReadOnly />
              </>
            )}
          </AccordionPanel>
        </AccordionItem>
      </Accordion>
    </li>
  );
}
