import { Field, Input, Radio, RadioGroup, Text } from '@fluentui/react-components';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePreview } from '../../../parts/assign/use-effect-preview.ts';
import { ConfirmDialog } from '../../../parts/ConfirmDialog.tsx';
import { useSession } from '../../../session/use-session.ts';
import { useFormat } from '../../../text/use-format.ts';
import { dayStart } from './day-start.ts';
import { SeatConsequences } from './SeatConsequences.tsx';
import type { Subscription } from './subscription.ts';

/** Ends a subscription on a day, after which its seats live on for a while, or takes its seats away at once. */
export function EndSubscription({
  subscription: { id, units, endDateTime },
  onClose,
}: {
  readonly subscription: Subscription;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation('products');
  const { client } = useSession();
  const { number } = useFormat();
  const [how, setHow] = useState<'day' | 'now'>('day');
  const before = endDateTime?.slice(0, 10) ?? '';
  const [day, setDay] = useState(before);
  const path = `/allot/v1/subscriptions/${id}`;
  const preview = usePreview({ method: 'DELETE', path: `${path}?dryRun=true`, isAsked: how === 'now' });
  return (
    <ConfirmDialog
      title={t('endTitle', { count: units, formatted: number(units) })}
      confirm={how === 'day' ? t('setEnd') : t('takeAway')}
      open
      onClose={onClose}
      isReady={how === 'now' ? preview.isReady : day !== ''}
      isChanged={day !== before}
      run={() =>
        how === 'now' ? client.send('DELETE', path) : client.send('PATCH', path, { endDateTime: dayStart(day) })
      }
    >
      <RadioGroup
        aria-label={t('howToEnd')}
        value={how}
        onChange={(_, { value }) => setHow(value === 'now' ? 'now' : 'day')}
      >
        <Radio value="day" label={t('endOnDay')} />
        <Radio value="now" label={t('endNow')} />
      </RadioGroup>
      {how === 'day' ? (
        <>
          <Field label={t('end')}>
            <Input type="date" value={day} onChange={(_, { value }) => setDay(value)} />
          </Field>
          <Text>{t('lifeCycle')}</Text>
        </>
      ) : (
        <>
          <Text>{t('endNowHint')}</Text>
          <SeatConsequences preview={preview} />
        </>
      )}
    </ConfirmDialog>
  );
}
