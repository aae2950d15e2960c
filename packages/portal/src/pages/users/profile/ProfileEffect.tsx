import { ShownEffect } from '../../../parts/assign/EffectPreview.tsx';
import type { useUsersPreview } from '../../../parts/assign/use-change-previews.ts';

/** What saving will do to licenses, for whoever sees it before saving; nothing where it does nothing, or cannot be saved as it is. */
export function ProfileEffect({ preview }: { readonly preview: ReturnType<typeof useUsersPreview> }) {
  const { effect, error } = preview;
  if (!preview.isAsked || error !== null || effect === undefined) return null;
  if (effect.licenses.length + effect.inError.length + effect.effect.users === 0) return null;
  return <ShownEffect preview={preview} />;
}
