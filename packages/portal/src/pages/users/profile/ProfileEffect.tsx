import { ShownEffect } from '../../../parts/assign/EffectPreview.tsx';
import type { usePreview } from '../../../parts/assign/use-effect-preview.ts';

/** What saving will do to licenses, for whoever sees it before saving; nothing where it does nothing, or cannot be saved as it is. */
export function ProfileEffect({ preview }: { readonly preview: ReturnType<typeof usePreview> }) {
  const { effect, error } = preview;
  if (!preview.isAsked || error !== null || effect === undefined) return null;
  const { users, errors } = effect.effect;
  if (effect.licenses.length + effect.inError.length + errors.length + users === 0) return null;
  return <ShownEffect preview={preview} />;
}
