import {
  Button,
  makeStyles,
  MessageBar,
  MessageBarBody,
  Skeleton,
  SkeletonItem,
  Text,
  tokens,
} from '@fluentui/react-components';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRead } from '../../../api/use-api.ts';
import { may, useMay } from '../../../api/use-permissions.ts';
import { useUnsaved } from '../../../parts/form/use-unsaved.ts';
import { Problem } from '../../../parts/Problem.tsx';
import { LicensingSettings } from './LicensingSettings.tsx';
import { PeriodSettings } from './PeriodSettings.tsx';
import { ReviewDialog } from './ReviewDialog.tsx';
import { changesOf, type Draft, type Settings } from './settings-data.ts';

const useStyles = makeStyles({
  settings: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM, maxWidth: '62rem' },
  bar: {
    position: 'sticky',
    bottom: `calc(-1 * ${tokens.spacingVerticalL})`,
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: tokens.spacingHorizontalM,
    padding: `${tokens.spacingVerticalM} 0`,
    backgroundColor: tokens.colorNeutralBackground1,
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    zIndex: 1,
  },
});

/** Settings of the organization; nothing changes until what it does has been seen. */
export function OrganizationTab() {
  const styles = useStyles();
  const { t } = useTranslation('settings');
  const mayDo = useMay();
  const { data, error, refetch } = useRead<Settings>('/allot/v1/settings');
  const [draft, setDraft] = useState<Draft>({});
  const [isReviewing, setReviewing] = useState(false);
  // A field keeps what somebody types into it; when the draft is left, it begins anew.
  const [edition, setEdition] = useState(0);
  const [isSaved, setSaved] = useState(false);
  const changes = data === undefined ? {} : changesOf(data, draft);
  const count = Object.keys(changes).length;
  useUnsaved(count > 0);
  if (error) return <Problem error={error} retry={() => void refetch()} />;
  if (data === undefined) {
    return (
      <Skeleton aria-label={t('organization')}>
        <SkeletonItem size={128} />
      </Skeleton>
    );
  }
  const mayChange = mayDo(may.changeOrganization);
  const begin = () => {
    setDraft({});
    setEdition(edition + 1);
  };
  const shared = {
    settings: { ...data, ...draft },
    disabled: !mayChange,
    change: (next: Draft) => {
      setSaved(false);
      setDraft({ ...draft, ...next });
    },
  };
  return (
    <div className={styles.settings}>
      {!mayChange && (
        <MessageBar>
          <MessageBarBody>{t('readOnly')}</MessageBarBody>
        </MessageBar>
      )}
      <LicensingSettings key={`licensing ${edition}`} {...shared} />
      <PeriodSettings key={`periods ${edition}`} {...shared} />
      {mayChange && (
        <div className={styles.bar}>
          <Button appearance="primary" disabled={count === 0} onClick={() => setReviewing(true)}>
            {t('review')}
          </Button>
          {count > 0 && <Button onClick={begin}>{t('discard')}</Button>}
          <Text role="status">{isSaved ? t('saved') : count === 0 ? t('unchanged') : t('changed', { count })}</Text>
        </div>
      )}
      {isReviewing && (
        <ReviewDialog
          before={data}
          changes={changes}
          close={() => setReviewing(false)}
          saved={() => {
            begin();
            setSaved(true);
          }}
        />
      )}
    </div>
  );
}
