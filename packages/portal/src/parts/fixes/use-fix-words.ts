import type { LicenseFix } from '@allot/contract';
import { useTranslation } from 'react-i18next';
import { useRead } from '../../api/use-api.ts';
import { useProducts } from '../../api/use-products.ts';
import { useFormat } from '../../text/use-format.ts';

/** The name of a group; its id until it is known. */
export function useGroupName(groupId: string | null | undefined): string {
  const { data } = useRead<{ readonly displayName: string }>(`/v1.0/groups/${groupId}?$select=displayName`, {
    enabled: Boolean(groupId),
  });
  return data?.displayName ?? groupId ?? '';
}

/**
 * What a fix does, in words, and what its button says.
 * @param hereId the group whose page it is, which is called "this group" there
 */
export function useFixWords(fix: LicenseFix, hereId?: string): { readonly sentence: string; readonly action: string } {
  const { t } = useTranslation('fixes');
  const { list, oneOf } = useFormat();
  const { productName, planName } = useProducts();
  const groupId = 'groupId' in fix ? fix.groupId : null;
  const name = useGroupName(groupId === hereId ? null : groupId);
  const group = groupId === hereId ? t('thisGroup') : t('groupNamed', { name });
  const plans = 'plans' in fix ? fix.plans.map(planName) : [];
  const product = 'skuId' in fix ? productName(fix.skuId) : '';
  switch (fix.kind) {
    case 'disablePlans':
      return {
        sentence:
          fix.groupId === null
            ? t('disableDirect', { plans: list(plans), product })
            : t('disableInGroup', { plans: list(plans), product, group }),
        action: t('disable'),
      };
    case 'enablePlans':
      return {
        sentence:
          fix.groupId === null
            ? t('enableDirect', { plans: list(plans), product })
            : t('enableInGroup', { plans: list(plans), product, group }),
        action: t('enable'),
      };
    case 'assignProduct':
      return { sentence: t('assignProduct', { product, plans: oneOf(plans) }), action: t('assign') };
    case 'setUsageLocation':
      return { sentence: t('setLocation', { plans: list(plans) }), action: t('set') };
    case 'fixAddress':
      return { sentence: t('fixAddress'), action: t('editAddresses') };
    case 'buySeats':
      return { sentence: t('buySeats', { product }), action: t('addSeats') };
    case 'licenseByProduct':
      return { sentence: t('licenseByProduct', { group }), action: t('change') };
    case 'removeDirectLicense':
      return { sentence: t('removeDirect', { product }), action: t('remove') };
    case 'removeFromGroup':
      return { sentence: t('removeFromGroup', { group }), action: t('remove') };
  }
}
