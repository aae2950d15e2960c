import { makeStyles, Text, tokens } from '@fluentui/react-components';
import { useTranslation } from 'react-i18next';
import { useProducts } from '../../api/use-products.ts';
import { useFormat } from '../../text/use-format.ts';
import { usePropertyName } from '../../text/use-property-name.ts';
import type { ModifiedProperty } from './audit-entry.ts';
import { readChangedValue } from './changed-value.ts';

const useStyles = makeStyles({
  table: { width: '100%', borderCollapse: 'collapse', tableLayout: 'fixed' },
  cell: {
    textAlign: 'start',
    verticalAlign: 'top',
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalS}`,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
    overflowWrap: 'anywhere',
  },
  head: { fontWeight: tokens.fontWeightSemibold },
  list: { margin: 0, paddingInlineStart: tokens.spacingHorizontalL },
  nothing: { color: tokens.colorNeutralForeground3 },
});

/** Old and new values of what an entry changed, with names instead of ids. */
export function ChangedProperties({ properties }: { readonly properties: readonly ModifiedProperty[] }) {
  const styles = useStyles();
  const { t } = useTranslation('audit');
  const nameOf = usePropertyName();
  if (properties.length === 0) return <Text>{t('noChanges')}</Text>;
  const hasOld = properties.some(({ oldValue }) => oldValue !== null);
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th className={styles.cell}>{t('property')}</th>
          {hasOld && <th className={styles.cell}>{t('before')}</th>}
          <th className={styles.cell}>{t('after')}</th>
        </tr>
      </thead>
      <tbody>
        {properties.map(({ displayName, oldValue, newValue }) => (
          <tr key={displayName}>
            <th scope="row" className={styles.cell}>
              {nameOf(displayName)}
            </th>
            {hasOld && (
              <td className={styles.cell}>
                <Value written={oldValue} />
              </td>
            )}
            <td className={styles.cell}>
              <Value written={newValue} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Value({ written }: { readonly written: string | null }) {
  const styles = useStyles();
  const { t } = useTranslation('audit');
  const { list, dateTime, number } = useFormat();
  const { productName, planName, plans } = useProducts();
  const value = readChangedValue(written);
  // Some entries name plans by their part name instead of their id.
  const planOf = (plan: string): string =>
    planName(plans.find(({ servicePlanName }) => servicePlanName === plan)?.servicePlanId ?? plan);
  const inWords = (text: string): string => {
    if (/^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(text)) return dateTime(text);
    const product = productName(text);
    return product === text ? planOf(text) : product;
  };
  switch (value.kind) {
    case 'nothing':
      return <span className={styles.nothing}>{t('nothing')}</span>;
    case 'flag':
      return value.isOn ? t('yes') : t('no');
    case 'outcome':
      return t('outcome', { done: number(value.done), failed: number(value.failed) });
    case 'text':
      return inWords(value.text);
    case 'list':
      return <Items items={value.items.map(inWords)} />;
    case 'licenses':
      return (
        <Items
          items={value.licenses.map(({ skuId, disabledPlans }) =>
            disabledPlans.length === 0
              ? productName(skuId)
              : t('without', { product: productName(skuId), plans: list(disabledPlans.map(planOf)) }),
          )}
        />
      );
  }
}

function Items({ items }: { readonly items: readonly string[] }) {
  const styles = useStyles();
  return (
    <ul className={styles.list}>
      {items.map((item) => (
        <li key={item}>{item}</li>
      ))}
    </ul>
  );
}
