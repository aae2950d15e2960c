import { Button } from '@fluentui/react-components';
import { useTranslation } from 'react-i18next';
import { Notice } from '../parts/Notice.tsx';
import { PageTitle } from '../parts/PageTitle.tsx';

/** Instead of a page that broke while it was drawn, or whose script could not be loaded. */
export function PageFailed() {
  const { t } = useTranslation('frame');
  return (
    <>
      <PageTitle title={t('pageFailed')} />
      <Notice title={t('pageFailedHint')}>
        <Button appearance="primary" onClick={() => location.reload()}>
          {t('loadAgain')}
        </Button>
      </Notice>
    </>
  );
}
