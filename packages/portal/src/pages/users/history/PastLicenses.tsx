import type { PastLicense } from '@allot/contract';
import {
  Accordion,
  AccordionHeader,
  AccordionItem,
  AccordionPanel,
  makeStyles,
  Text,
  tokens,
} from '@fluentui/react-components';
import { useTranslation } from 'react-i18next';
import { useProducts } from '../../../api/use-products.ts';
import { LicenseState } from '../../../parts/LicenseState.tsx';
import { useFormat } from '../../../text/use-format.ts';

const useStyles = makeStyles({
  head: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalM },
  quiet: { color: tokens.colorNeutralForeground3 },
  plans: { columns: '18rem', margin: 0 },
});

/** All that a user had at one time; each can be unfolded to its services. */
export function PastLicenses({ licenses }: { readonly licenses: readonly PastLicense[] }) {
  const styles = useStyles();
  const { t } = useTranslation('user');
  const { number } = useFormat();
  const { productName, planName, plansOfUsers } = useProducts();
  if (licenses.length === 0) return <Text>{t('hadNothing')}</Text>;
  return (
    <Accordion collapsible multiple>
      {licenses.map(({ skuId, source, sourceName, state, servicePlans: all }) => {
        const servicePlans = plansOfUsers(all);
        return (
          <AccordionItem key={`${skuId}|${source}`} value={`${skuId}|${source}`}>
            <AccordionHeader>
              <span className={styles.head}>
                <Text weight="semibold">{productName(skuId)}</Text>
                <Text className={styles.quiet}>
                  {source === 'direct' ? t('direct') : t('inheritedFromNamed', { group: sourceName })}
                </Text>
                <LicenseState states={[state]} />
                <Text className={styles.quiet}>
                  {t('services', { count: servicePlans.length, formatted: number(servicePlans.length) })}
                </Text>
              </span>
            </AccordionHeader>
            <AccordionPanel>
              <ul className={styles.plans}>
                {servicePlans.map((planId) => (
                  <li key={planId}>{planName(planId)}</li>
                ))}
              </ul>
            </AccordionPanel>
          </AccordionItem>
        );
      })}
    </Accordion>
  );
}
