import type { LicenseFix } from '@allot/contract';
import { Dropdown, Field, makeStyles, Option, Text } from '@fluentui/react-components';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useProducts } from '../../api/use-products.ts';
import { countriesIn } from '../../text/country-codes.ts';
import { useFormat } from '../../text/use-format.ts';
import { ShownEffect } from '../assign/EffectPreview.tsx';
import { previewedMax, useUsersPreview } from '../assign/use-change-previews.ts';
import { BulkDialog } from '../BulkDialog.tsx';
import { type FixScope, useFixTargets } from './fix-scope.ts';
import { FixTargets } from './FixTargets.tsx';

/** Where a service is offered, as the catalogue says. */
interface Locations {
  readonly allow?: readonly string[];
  readonly deny?: readonly string[];
}

const useStyles = makeStyles({ countries: { maxHeight: '16rem' } });

const isOffered = (locations: Locations | null | undefined, code: string): boolean =>
  !locations?.deny?.includes(code) && (locations?.allow?.includes(code) ?? true);

/** Corrects where users are: one, or all whom a cause concerns. Countries where the services are not offered are not proposed. */
export function LocationFix({
  fix,
  scope,
  onClose,
}: {
  readonly fix: Extract<LicenseFix, { kind: 'setUsageLocation' }>;
  readonly scope: FixScope;
  readonly onClose: () => void;
}) {
  const { t, i18n } = useTranslation('fixes');
  const { number } = useFormat();
  const { planById } = useProducts();
  const styles = useStyles();
  const [code, setCode] = useState('');
  const found = useFixTargets(scope, fix);
  const all = useMemo(() => countriesIn(i18n.language), [i18n.language]);
  const countries = all.filter((country) =>
    fix.plans.every((planId) => {
      // `as`: the catalogue tells it of every plan.
      const plan = planById.get(planId) as { readonly locations?: Locations | null } | undefined;
      return isOffered(plan?.locations, country.code);
    }),
  );
  const userIds = (found.targets ?? []).map(({ user }) => user.id);
  const preview = useUsersPreview(userIds, code === '' ? {} : { usageLocation: code });
  const count = userIds.length;
  const name = countries.find((country) => country.code === code)?.name ?? '';
  return (
    <BulkDialog
      title={t('locationTitle')}
      confirm={t('setLocationOf', { count, formatted: number(count) })}
      open
      onClose={onClose}
      isChanged={code !== ''}
      parts={
        code === '' || !preview.isReady
          ? undefined
          : found.targets?.map(({ user }) => ({
              name: user.displayName,
              method: 'PATCH',
              url: `/users/${user.id}`,
              body: { usageLocation: code },
            }))
      }
    >
      <FixTargets {...found} />
      <Field label={t('location')} hint={t('locationHint')}>
        <Dropdown
          listbox={{ className: styles.countries }}
          placeholder={t('chooseCountry')}
          value={name}
          selectedOptions={code === '' ? [] : [code]}
          onOptionSelect={(_, { optionValue }) => setCode(optionValue ?? '')}
        >
          {countries.map((country) => (
            <Option key={country.code} value={country.code} text={country.name}>
              {country.name}
            </Option>
          ))}
        </Dropdown>
      </Field>
      <Text>{t('locationAfter')}</Text>
      {preview.isAsked && <ShownEffect preview={preview} of={{ all: count, shown: previewedMax }} />}
    </BulkDialog>
  );
}
