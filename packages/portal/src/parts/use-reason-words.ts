import type { LicenseReason, LicenseReasonCode } from '@allot/contract';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useProducts } from '../api/use-products.ts';
import { useCountries } from '../text/use-countries.ts';
import { useFormat } from '../text/use-format.ts';

type Of<Code extends LicenseReasonCode> = Extract<LicenseReason, { readonly code: Code }>;

/**
 * Says why somebody lacks a license, or has it in another way than is wanted (L-28).
 * @returns a function of the reasons and the server's sentence, which is told where a reason is none that is known here
 */
export function useReasonWords(): (reasons: readonly LicenseReason[], sentence: string) => string {
  const { t } = useTranslation('reasons');
  const { number, date, list, oneOf } = useFormat();
  const { countryName } = useCountries();
  const { productName, planName } = useProducts();
  return useMemo(() => {
    const plansOf = (ids: readonly string[]) => list(ids.map(planName));
    const productsOf = (ids: readonly string[]) => list(ids.map(productName));
    const words: { readonly [Code in LicenseReasonCode]: (reason: Of<Code>) => string } = {
      CountViolation: ({ skuId, position, waiting }) => {
        const product = productName(skuId);
        if (waiting === null) return t('why_CountViolation', { product });
        if (position === null) return t('waiting', { product, count: waiting, formatted: number(waiting) });
        return t('inLine', { product, position: number(position), waiting: number(waiting) });
      },
      MutuallyExclusiveViolation: ({ plan, excludes, rule, through }) => {
        const both = { plan: planName(plan), excludes: planName(excludes), rule };
        const sources = through.map(({ skuId, groupId, groupName }) =>
          groupId === null
            ? t('sourceDirect', { product: productName(skuId) })
            : t('sourceGroup', { product: productName(skuId), group: groupName ?? groupId }),
        );
        return sources.length === 0
          ? t('why_MutuallyExclusiveViolation', both)
          : t('excludedThrough', { ...both, sources: list(sources) });
      },
      DependencyViolation: ({ plan, anyOf, ownedWith, kept }) => {
        const need = { plan: planName(plan), needs: oneOf(anyOf.map(planName)) };
        if (kept) return t('neededKept', need);
        return ownedWith.length === 0
          ? t('why_DependencyViolation', need)
          : t('neededOwned', { ...need, products: productsOf(ownedWith) });
      },
      ProhibitedInUsageLocationViolation: ({ plans, country }) =>
        country === null
          ? t('why_ProhibitedInUsageLocationViolation', { plans: plansOf(plans) })
          : t('prohibitedIn', { plans: plansOf(plans), country: countryName(country) }),
      UniquenessViolation: ({ plans, addresses }) => {
        const shared = addresses.map(({ address, userPrincipalName: user }) => t('addressShared', { address, user }));
        return shared.length === 0
          ? t('why_UniquenessViolation', { plans: plansOf(plans) })
          : t('addressesShared', { plans: plansOf(plans), addresses: list(shared) });
      },
      Other: ({ failed }) => t('why_Other', { products: productsOf(failed) }),
      Suspended: ({ skuId, kept, since, statuses, usableFrom, deletedFrom }) =>
        [
          t(kept ? 'suspendedKept' : 'why_Suspended', { product: productName(skuId), since: date(since) }),
          usableFrom === null ? '' : t('suspendedStarts', { at: date(usableFrom) }),
          deletedFrom === null ? '' : t('suspendedEnds', { at: date(deletedFrom) }),
          t(statuses.length === 0 ? 'suspendedAdd' : 'suspendedRenew'),
        ]
          .filter(Boolean)
          .join(' '),
    };
    const sayOne = (reason: LicenseReason): string | undefined => {
      // `as`: each is called with the reason that its code names; a newer server may know codes that have no words here.
      const why = (words[reason.code] as ((one: LicenseReason) => string) | undefined)?.(reason);
      const saysSo = reason.code === 'DependencyViolation' || reason.code === 'Suspended';
      return why !== undefined && reason.kept && !saysSo ? t('kept', { why }) : why;
    };
    return (reasons, sentence) => {
      const said = reasons.map(sayOne);
      return said.length === 0 || said.includes(undefined) ? sentence : said.join(' ');
    };
  }, [t, number, date, list, oneOf, countryName, productName, planName]);
}
