import type { AssignLicenseBody, LicenseFix } from '@allot/contract';
import { Radio, RadioGroup, Text } from '@fluentui/react-components';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useProducts } from '../../api/use-products.ts';
import { useFormat } from '../../text/use-format.ts';
import { EffectPreview } from '../assign/EffectPreview.tsx';
import { BulkDialog } from '../BulkDialog.tsx';
import { type FixScope, useFixTargets } from './fix-scope.ts';
import { FixTargets } from './FixTargets.tsx';
import { useFixWords } from './use-fix-words.ts';

type UserFix = Extract<LicenseFix, { kind: 'disablePlans' | 'enablePlans' | 'assignProduct' | 'removeDirectLicense' }>;

/** Changes what users have directly: one user, or all whom a cause concerns. */
export function UserLicensesFix({
  fix,
  scope,
  onClose,
}: {
  readonly fix: UserFix;
  readonly scope: FixScope;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation('fixes');
  const { list } = useFormat();
  const { planName, productById } = useProducts();
  const { sentence, action } = useFixWords(fix);
  const found = useFixTargets(scope, fix);
  const [onlyNeeded, setOnlyNeeded] = useState(true);
  const others = (plans: readonly string[]): readonly string[] =>
    (productById.get(fix.skuId)?.servicePlans ?? [])
      .filter(({ appliesTo, servicePlanId }) => appliesTo === 'User' && !plans.includes(servicePlanId))
      .map(({ servicePlanId }) => servicePlanId);
  const changeOf = (one: UserFix): AssignLicenseBody => {
    if (one.kind === 'removeDirectLicense') return { addLicenses: [], removeLicenses: [one.skuId] };
    const off = one.kind !== 'assignProduct' ? one.disabledPlans : onlyNeeded ? others(one.plans) : [];
    return { addLicenses: [{ skuId: one.skuId, disabledPlans: off }], removeLicenses: [] };
  };
  const { targets = [] } = found;
  const change = changeOf(targets[0]?.fix ?? fix);
  // Only those who get exactly this change: what else is off of a direct license may differ.
  const alike = targets.filter((one) => JSON.stringify(changeOf(one.fix)) === JSON.stringify(change));
  return (
    <BulkDialog
      title={t(`title_${fix.kind}`)}
      confirm={action}
      open
      onClose={onClose}
      parts={found.targets?.map((target) => ({
        name: target.user.displayName,
        method: 'POST',
        url: `/users/${target.user.id}/assignLicense`,
        body: changeOf(target.fix),
      }))}
    >
      <Text>{sentence}</Text>
      <FixTargets {...found} />
      {fix.kind === 'assignProduct' && (
        <RadioGroup
          aria-label={t('whichServices')}
          value={onlyNeeded ? 'needed' : 'all'}
          onChange={(_, { value }) => setOnlyNeeded(value === 'needed')}
        >
          <Radio value="needed" label={t('onlyNeeded', { plans: list(fix.plans.map(planName)) })} />
          <Radio value="all" label={t('allServices')} />
        </RadioGroup>
      )}
      {alike.length > 0 && (
        <EffectPreview target={{ kind: 'users', userIds: alike.map(({ user }) => user.id) }} change={change} />
      )}
    </BulkDialog>
  );
}
