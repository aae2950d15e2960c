import type { AssignedLicense } from '@allot/contract';
import { Caption1, Checkbox, makeStyles, Radio, RadioGroup, Spinner, Text, tokens } from '@fluentui/react-components';
import { useTranslation } from 'react-i18next';
import { useProducts } from '../../api/use-products.ts';
import { useFormat } from '../../text/use-format.ts';

const useStyles = makeStyles({
  list: { display: 'flex', flexDirection: 'column', alignItems: 'flex-start' },
  hint: { color: tokens.colorNeutralForeground3, display: 'block', marginTop: tokens.spacingVerticalS },
});

/**
 * Products that the target has, to choose from: several of a group or of one user; of many users one, with how many have it.
 * @param props.holders of many users who has each product directly
 */
export function AssignedChoice({
  licenses,
  chosen,
  onChange,
  isRead,
  isGroup,
  holders,
  all = 0,
}: {
  readonly licenses: readonly AssignedLicense[];
  readonly chosen: readonly string[];
  readonly onChange: (chosen: readonly string[]) => void;
  readonly isRead: boolean;
  readonly isGroup: boolean;
  readonly holders?: ReadonlyMap<string, readonly string[]>;
  readonly all?: number;
}) {
  const styles = useStyles();
  const { t } = useTranslation('assign');
  const { number } = useFormat();
  const { productName } = useProducts();
  if (!isRead) return <Spinner size="small" label={t('readingLicenses')} labelPosition="after" />;
  if (licenses.length === 0) return <Text>{isGroup ? t('groupHasNone') : t('nothingDirect')}</Text>;
  const inherited = !isGroup && <Caption1 className={styles.hint}>{t('onlyDirect')}</Caption1>;
  if (holders !== undefined) {
    return (
      <>
        <RadioGroup aria-label={t('products')} value={chosen[0] ?? ''} onChange={(_, { value }) => onChange([value])}>
          {licenses.map(({ skuId }) => {
            const having = number(holders.get(skuId)?.length ?? 0);
            const label = t('heldBy', { product: productName(skuId), having, all: number(all) });
            return <Radio key={skuId} value={skuId} label={label} />;
          })}
        </RadioGroup>
        {inherited}
      </>
    );
  }
  return (
    <>
      <div className={styles.list} role="group" aria-label={t('products')}>
        {licenses.map(({ skuId }) => (
          <Checkbox
            key={skuId}
            label={productName(skuId)}
            checked={chosen.includes(skuId)}
            onChange={(_, { checked }) =>
              onChange(checked === true ? [...chosen, skuId] : chosen.filter((one) => one !== skuId))
            }
          />
        ))}
      </div>
      {inherited}
    </>
  );
}
