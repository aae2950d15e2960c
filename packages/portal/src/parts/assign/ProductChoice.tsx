import { Badge, Caption1, Checkbox, makeStyles, SearchBox, tokens } from '@fluentui/react-components';
import type { AssignedLicense } from '@allot/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useProducts } from '../../api/use-products.ts';
import { useSeats } from '../../api/use-seats.ts';
import { useFormat } from '../../text/use-format.ts';
import { PlanSwitches } from './PlanSwitches.tsx';

const useStyles = makeStyles({
  list: { listStyle: 'none', margin: 0, padding: 0 },
  search: { width: '100%', maxWidth: 'none' },
  product: { borderBottom: `1px solid ${tokens.colorNeutralStroke3}`, padding: `${tokens.spacingVerticalXS} 0` },
  head: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalS },
  seats: { marginLeft: 'auto', color: tokens.colorNeutralForeground3 },
  full: { marginLeft: 'auto', color: tokens.colorPaletteRedForeground1 },
  services: { padding: `0 0 ${tokens.spacingVerticalS} ${tokens.spacingHorizontalXXL}` },
});

/** So many products are looked through without a search. */
const searchedFrom = 8;

/**
 * Products that the organization has, to choose from, with their free seats and the services of those chosen.
 * @param props.assigned what the target already has
 */
export function ProductChoice({
  chosen,
  assigned,
  onChange,
}: {
  readonly chosen: readonly AssignedLicense[];
  readonly assigned: readonly AssignedLicense[];
  readonly onChange: (chosen: readonly AssignedLicense[]) => void;
}) {
  const styles = useStyles();
  const { t } = useTranslation(['assign', 'parts']);
  const { productById } = useProducts();
  const { seats } = useSeats();
  const [typed, setTyped] = useState('');
  const forUsers = seats.filter(({ skuId }) => productById.get(skuId)?.appliesTo !== 'Company');
  const shown = forUsers.filter(({ skuId, displayName, skuPartNumber }) => {
    const isFound = `${displayName} ${skuPartNumber}`.toLowerCase().includes(typed.trim().toLowerCase());
    return isFound || chosen.some((one) => one.skuId === skuId);
  });
  const toggle = (skuId: string, isChosen: boolean) => {
    const others = chosen.filter((one) => one.skuId !== skuId);
    const was = assigned.find((one) => one.skuId === skuId);
    onChange(isChosen ? [...others, { skuId, disabledPlans: was?.disabledPlans ?? [] }] : others);
  };
  return (
    <>
      {forUsers.length > searchedFrom && (
        <SearchBox
          className={styles.search}
          aria-label={t('findProduct')}
          placeholder={t('findProduct')}
          dismiss={{ 'aria-label': t('parts:clearText') }}
          value={typed}
          onChange={(_, { value }) => setTyped(value)}
        />
      )}
      <ul className={styles.list}>
        {shown.map(({ skuId, displayName, skuPartNumber, free }) => {
          const license = chosen.find((one) => one.skuId === skuId);
          return (
            <li key={skuId} className={styles.product}>
              <div className={styles.head} title={skuPartNumber}>
                <Checkbox
                  label={displayName || skuPartNumber}
                  checked={license !== undefined}
                  onChange={(_, { checked }) => toggle(skuId, checked === true)}
                />
                {assigned.some((one) => one.skuId === skuId) && (
                  <Badge appearance="tint" color="informative">
                    {t('assigned')}
                  </Badge>
                )}
                <FreeSeats free={free} />
              </div>
              {license && (
                <div className={styles.services}>
                  <PlanSwitches
                    skuId={skuId}
                    disabledPlans={license.disabledPlans}
                    others={plansOn(
                      [...assigned, ...chosen].filter((one) => one.skuId !== skuId),
                      productById,
                    )}
                    onChange={(disabledPlans) =>
                      onChange(chosen.map((one) => (one.skuId === skuId ? { skuId, disabledPlans } : one)))
                    }
                  />
                </div>
              )}
            </li>
          );
        })}
      </ul>
    </>
  );
}

function FreeSeats({ free }: { readonly free: number }) {
  const styles = useStyles();
  const { t } = useTranslation('parts');
  const { number } = useFormat();
  return (
    <Caption1 className={free > 0 ? styles.seats : styles.full}>
      {free < 0 ? t('seatsOver', { formatted: number(-free) }) : t('seatsFree', { formatted: number(free) })}
    </Caption1>
  );
}

type ProductById = ReturnType<typeof useProducts>['productById'];

function plansOn(licenses: readonly AssignedLicense[], productById: ProductById): ReadonlySet<string> {
  return new Set(
    licenses.flatMap(({ skuId, disabledPlans }) =>
      (productById.get(skuId)?.servicePlans ?? [])
        .map(({ servicePlanId }) => servicePlanId)
        .filter((planId) => !disabledPlans.includes(planId)),
    ),
  );
}
