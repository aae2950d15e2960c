import type { PlanUsers } from '@allot/contract';
import {
  Accordion,
  AccordionHeader,
  AccordionItem,
  AccordionPanel,
  makeStyles,
  tokens,
} from '@fluentui/react-components';
import { useTranslation } from 'react-i18next';
import { useProducts } from '../../api/use-products.ts';
import { useFormat } from '../../text/use-format.ts';

const useStyles = makeStyles({
  list: { margin: 0, paddingLeft: tokens.spacingHorizontalXL, paddingBottom: tokens.spacingVerticalS },
});

/** Service plans that come and go, each with how many users it concerns; folded, since they may be many. */
export function ServiceChanges({
  gained,
  lost,
}: {
  readonly gained: readonly PlanUsers[];
  readonly lost: readonly PlanUsers[];
}) {
  const styles = useStyles();
  const { t } = useTranslation('assign');
  const { number } = useFormat();
  const { planName } = useProducts();
  const folds = [
    ['lost', t('servicesLost', { count: lost.length, formatted: number(lost.length) }), lost],
    ['gained', t('servicesGained', { count: gained.length, formatted: number(gained.length) }), gained],
  ] as const;
  return (
    <Accordion collapsible multiple>
      {folds
        .filter(([, , plans]) => plans.length > 0)
        .map(([key, heading, plans]) => (
          <AccordionItem key={key} value={key}>
            <AccordionHeader size="small">{heading}</AccordionHeader>
            <AccordionPanel>
              <ul className={styles.list}>
                {plans.map(({ servicePlanId, servicePlanName, users }) => (
                  <li key={servicePlanId} title={servicePlanName}>
                    {planName(servicePlanId)}: {t('users', { count: users, formatted: number(users) })}
                  </li>
                ))}
              </ul>
            </AccordionPanel>
          </AccordionItem>
        ))}
    </Accordion>
  );
}
