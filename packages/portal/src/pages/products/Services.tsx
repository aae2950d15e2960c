import {
  Caption1,
  makeStyles,
  Table,
  TableBody,
  TableCell,
  TableHeader,
  TableHeaderCell,
  TableRow,
} from '@fluentui/react-components';
import { useTranslation } from 'react-i18next';
import { useProducts } from '../../api/use-products.ts';
import { useRequirements } from '../../parts/assign/use-requirements.ts';
import { useFormat } from '../../text/use-format.ts';

const useStyles = makeStyles({
  scroller: { overflowX: 'auto' },
  // Names of service plans have no place to break.
  table: { minWidth: '44rem' },
});

/** The service plans of a product in words, each with its name in Graph and with what it needs. */
export function Services({ skuId }: { readonly skuId: string }) {
  const styles = useStyles();
  const { t } = useTranslation('products');
  const { productById } = useProducts();
  return (
    <div className={styles.scroller}>
      <Table aria-label={t('tabServices')} size="small" className={styles.table}>
        <TableHeader>
          <TableRow>
            <TableHeaderCell>{t('service')}</TableHeaderCell>
            <TableHeaderCell>{t('planName')}</TableHeaderCell>
            <TableHeaderCell>{t('needs')}</TableHeaderCell>
          </TableRow>
        </TableHeader>
        <TableBody>
          {(productById.get(skuId)?.servicePlans ?? []).map(
            ({ servicePlanId, servicePlanName, displayName, appliesTo }) => (
              <TableRow key={servicePlanId}>
                <TableCell>
                  {displayName}
                  {appliesTo === 'Company' && <Caption1> · {t('forAll')}</Caption1>}
                </TableCell>
                <TableCell title={servicePlanId}>{servicePlanName}</TableCell>
                <TableCell>
                  <Needs planId={servicePlanId} />
                </TableCell>
              </TableRow>
            ),
          )}
        </TableBody>
      </Table>
    </div>
  );
}

function Needs({ planId }: { readonly planId: string }) {
  const { oneOf, list } = useFormat();
  const { planName } = useProducts();
  const needs = useRequirements(planId).map((anyOf) => oneOf([...new Set(anyOf.map(planName))]));
  return needs.length === 0 ? '–' : list(needs);
}
