import type { Collection } from '@allot/contract';
import { Button, makeStyles, Skeleton, SkeletonItem, Text, tokens } from '@fluentui/react-components';
import { Add20Regular } from '@fluentui/react-icons';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRead } from '../../../api/use-api.ts';
import { may, useMay } from '../../../api/use-permissions.ts';
import { Notice } from '../../../parts/Notice.tsx';
import { Problem } from '../../../parts/Problem.tsx';
import { ShownOnceDialog } from '../../../parts/ShownOnceDialog.tsx';
import type { Application, ApplicationWithSecret } from './application.ts';
import { ApplicationCard } from './ApplicationCard.tsx';
import { CreateApplicationDialog } from './CreateApplicationDialog.tsx';

const useStyles = makeStyles({
  list: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM, maxWidth: '62rem' },
  tools: { margin: `${tokens.spacingVerticalM} 0` },
});

/** Applications that may ask, and what each may ask for. */
export function ApplicationsTab() {
  const styles = useStyles();
  const { t } = useTranslation('settings');
  const mayDo = useMay();
  const { data, error, refetch } = useRead<Collection<Application>>('/allot/v1/applications');
  const [isCreating, setCreating] = useState(false);
  const [shown, setShown] = useState<ApplicationWithSecret>();
  if (error) return <Problem error={error} retry={() => void refetch()} />;
  if (data === undefined) {
    return (
      <Skeleton aria-label={t('applications')}>
        <SkeletonItem size={128} />
      </Skeleton>
    );
  }
  return (
    <>
      <Text block>{t('applicationsText')}</Text>
      {mayDo(may.changeApplications) && (
        <div className={styles.tools}>
          <Button appearance="primary" icon={<Add20Regular />} onClick={() => setCreating(true)}>
            {t('register')}
          </Button>
        </div>
      )}
      <div className={styles.list}>
        {data.value.length === 0 && <Notice title={t('noApplications')} text={t('noApplicationsHint')} />}
        {data.value.map((application) => (
          <ApplicationCard key={application.id} application={application} showSecret={setShown} />
        ))}
      </div>
      {isCreating && <CreateApplicationDialog close={() => setCreating(false)} showSecret={setShown} />}
      {shown && (
        <ShownOnceDialog
          title={t('secretFor', { name: shown.displayName })}
          label={t('secret')}
          value={shown.secret}
          warning={t('secretWarning')}
          close={() => setShown(undefined)}
        />
      )}
    </>
  );
}
