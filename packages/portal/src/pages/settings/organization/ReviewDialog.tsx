import type { CataloguePreview } from '@allot/contract';
import { Spinner } from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '../../../parts/ConfirmDialog.tsx';
import { CatalogueEffectView } from '../../../parts/effect/CatalogueEffectView.tsx';
import { Problem } from '../../../parts/Problem.tsx';
import { useSession } from '../../../session/use-session.ts';
import { usePropertyName } from '../../../text/use-property-name.ts';
import type { Draft, Settings } from './settings-data.ts';
import { useSettingWords } from './use-setting-words.ts';

/** Shows what the changes do to whom, and saves exactly that. */
export function ReviewDialog({
  before,
  changes,
  close,
  saved,
}: {
  readonly before: Settings;
  readonly changes: Draft;
  readonly close: () => void;
  readonly saved: () => void;
}) {
  const { t } = useTranslation('settings');
  const { client } = useSession();
  const nameOf = usePropertyName();
  const inWords = useSettingWords();
  const preview = useQuery({
    queryKey: ['settings', 'preview', changes],
    queryFn: ({ signal }) => client.send<CataloguePreview>('PATCH', '/allot/v1/settings?dryRun=true', changes, signal),
  });
  const token = preview.data?.preview;
  return (
    <ConfirmDialog
      title={t('reviewTitle')}
      confirm={t('save')}
      open
      onClose={close}
      isReady={token !== undefined}
      run={async () => {
        await client.send('PATCH', `/allot/v1/settings?preview=${encodeURIComponent(token ?? '')}`, changes);
        saved();
      }}
    >
      <ul>
        {Object.entries(changes).map(([name, value]) => (
          <li key={name}>
            {t('fromTo', {
              name: nameOf(name),
              before: inWords(name, before[name as keyof Settings]),
              after: inWords(name, value),
            })}
          </li>
        ))}
      </ul>
      {preview.error ? (
        <Problem error={preview.error} retry={() => void preview.refetch()} />
      ) : preview.data === undefined ? (
        <Spinner label={t('previewing')} />
      ) : (
        <CatalogueEffectView effect={preview.data.effect} />
      )}
    </ConfirmDialog>
  );
}
