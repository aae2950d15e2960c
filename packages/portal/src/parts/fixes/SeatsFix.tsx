import type { Collection } from '@allot/contract';
import { Dropdown, Field, Option, SpinButton, Text } from '@fluentui/react-components';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRead } from '../../api/use-api.ts';
import { useProducts } from '../../api/use-products.ts';
import { useSession } from '../../session/use-session.ts';
import { useFormat } from '../../text/use-format.ts';
import { ShownEffect } from '../assign/EffectPreview.tsx';
import { usePreview } from '../assign/use-effect-preview.ts';
import { ConfirmDialog } from '../ConfirmDialog.tsx';
import { PageLink } from '../LinkButton.tsx';
import { Problem } from '../Problem.tsx';
import { SeatBar } from '../SeatBar.tsx';

interface Subscription {
  readonly id: string;
  readonly skuId: string;
  readonly units: number;
  readonly status: string;
}

interface ProductSeats {
  readonly products: readonly {
    readonly skuId: string;
    readonly usable: number;
    readonly consumed: number;
    readonly waiting: number;
  }[];
}

/** Adds seats to a subscription of a product: as many as are waited for, unless the person says otherwise. */
export function SeatsFix({ skuId, onClose }: { readonly skuId: string; readonly onClose: () => void }) {
  const { t } = useTranslation(['fixes', 'parts']);
  const { client } = useSession();
  const { number } = useFormat();
  const { productName } = useProducts();
  const subscriptions = useRead<Collection<Subscription>>('/allot/v1/subscriptions');
  const summary = useRead<ProductSeats>('/allot/v1/summary', { isFresh: true });
  const seats = summary.data?.products.find((product) => product.skuId === skuId);
  const own = (subscriptions.data?.value ?? []).filter((one) => one.skuId === skuId && one.status === 'Enabled');
  const [chosen, setChosen] = useState<string>();
  const [typed, setTyped] = useState<number | null>();
  const subscription = own.find(({ id }) => id === chosen) ?? own[0];
  const missing = seats && Math.max(1, seats.waiting - Math.max(0, seats.usable - seats.consumed));
  const added = typed === undefined ? (missing ?? 0) : (typed ?? 0);
  const total = (subscription?.units ?? 0) + added;
  const path = `/allot/v1/subscriptions/${subscription?.id}`;
  const preview = usePreview({
    method: 'PATCH',
    path: `${path}?dryRun=true`,
    body: { units: total },
    isAsked: subscription !== undefined && added > 0,
  });
  const product = productName(skuId);
  const nameOf = (one: Subscription): string => t('subscription', { id: one.id.slice(0, 8), seats: number(one.units) });
  return (
    <ConfirmDialog
      title={t('seatsTitle', { product })}
      confirm={t('addSeatsCount', { count: added, formatted: number(added) })}
      open
      onClose={onClose}
      isReady={preview.isAsked && preview.isReady}
      isChanged={typed !== undefined && typed !== missing}
      run={() => client.send('PATCH', path, { units: total })}
    >
      {subscriptions.error && <Problem error={subscriptions.error} />}
      {seats && <SeatBar used={seats.consumed} usable={seats.usable} waiting={seats.waiting} />}
      {subscription === undefined || missing === undefined ? (
        <Text>{subscriptions.data && subscription === undefined && t('noSubscription', { product })}</Text>
      ) : (
        <>
          {own.length > 1 && (
            <Field label={t('whichSubscription')}>
              <Dropdown
                value={nameOf(subscription)}
                selectedOptions={[subscription.id]}
                onOptionSelect={(_, { optionValue }) => setChosen(optionValue)}
              >
                {own.map((one) => (
                  <Option key={one.id} value={one.id} text={nameOf(one)}>
                    {nameOf(one)}
                  </Option>
                ))}
              </Dropdown>
            </Field>
          )}
          <Field label={t('seatsToAdd')} hint={t('seatsThen', { formatted: number(total) })}>
            <SpinButton
              incrementButton={{ 'aria-label': t('parts:increase') }}
              decrementButton={{ 'aria-label': t('parts:decrease') }}
              min={1}
              value={added}
              // A number that follows who waits would take away what is being typed.
              onInput={() => typed === undefined && setTyped(added)}
              onChange={(_, { value, displayValue }) => setTyped(value ?? (Number(displayValue) || null))}
            />
          </Field>
          {preview.isAsked && <ShownEffect preview={preview} />}
        </>
      )}
      {/* Not before there is what to fill in: the keyboard would begin here. */}
      {subscriptions.data && seats && (
        <PageLink to="/products/$skuId" params={{ skuId }}>
          {t('toProduct', { product })}
        </PageLink>
      )}
    </ConfirmDialog>
  );
}
