import { Dropdown, makeStyles, Option, Switch } from '@fluentui/react-components';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { useProducts } from '../../api/use-products.ts';
import { useSeats } from '../../api/use-seats.ts';
import { CountryChoice } from '../../parts/pick/CountryChoice.tsx';
import type { UsersSearch } from './routes.ts';

const useStyles = makeStyles({ choice: { minWidth: '12rem', width: '13rem' } });

/** Filters of the list of users beside what is typed; they are in the address, and drawn again when that changes, not whenever rows come. */
export const UserFilters = memo(Filters);

function Filters() {
  const styles = useStyles();
  const { t } = useTranslation('users');
  const { productName } = useProducts();
  const { seats } = useSeats();
  const { location, product, error } = useSearch({ from: '/users' });
  const navigate = useNavigate({ from: '/users' });
  const change = (part: { readonly [Name in keyof UsersSearch]?: UsersSearch[Name] | undefined }) =>
    void navigate({ search: (now) => ({ ...now, ...part }), replace: true });
  return (
    <>
      <Switch
        label={t('onlyErrors')}
        checked={error === true}
        onChange={(_, { checked }) => change({ error: checked ? true : undefined })}
      />
      {!error && (
        <>
          <Dropdown
            className={styles.choice}
            aria-label={t('ofProduct')}
            value={product === undefined ? t('anyProduct') : productName(product)}
            selectedOptions={[product ?? '']}
            onOptionSelect={(_, { optionValue }) => change({ product: optionValue || undefined })}
          >
            <Option value="" text={t('anyProduct')}>
              {t('anyProduct')}
            </Option>
            {seats.map(({ skuId }) => (
              <Option key={skuId} value={skuId} text={productName(skuId)}>
                {productName(skuId)}
              </Option>
            ))}
          </Dropdown>
          <CountryChoice
            aria-label={t('ofLocation')}
            value={location ?? null}
            none={t('anyLocation')}
            onChange={(code) => change({ location: code ?? undefined })}
          />
        </>
      )}
    </>
  );
}
