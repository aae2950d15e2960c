import { MessageBar, MessageBarBody } from '@fluentui/react-components';
import { useTranslation } from 'react-i18next';
import { ShownEffect } from '../../../parts/assign/EffectPreview.tsx';
import type { usePreview } from '../../../parts/assign/use-effect-preview.ts';
import { useFormat } from '../../../text/use-format.ts';

/** What more, or fewer, seats mean for those who have one and for those who wait. */
export function SeatConsequences({ preview }: { readonly preview: ReturnType<typeof usePreview> }) {
  const { t } = useTranslation('products');
  const { number } = useFormat();
  const over = (preview.effect?.seats ?? []).reduce(
    (sum, { usable, consumedAfter }) => sum + Math.max(0, consumedAfter - usable),
    0,
  );
  return (
    <>
      {over > 0 && (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>{t('thenOver', { count: over, formatted: number(over) })}</MessageBarBody>
        </MessageBar>
      )}
      {preview.isAsked && <ShownEffect preview={preview} />}
    </>
  );
}
