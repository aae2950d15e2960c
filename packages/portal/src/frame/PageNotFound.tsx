import { useTranslation } from 'react-i18next';
import { LinkButton } from '../parts/LinkButton.tsx';
import { PageTitle } from '../parts/PageTitle.tsx';
import { Notice } from '../parts/Notice.tsx';

export function PageNotFound() {
  const { t } = useTranslation('frame');
  return (
    <>
      <PageTitle title={t('notFound')} />
      <Notice title={t('notFoundHint')}>
        <LinkButton to="/">{t('toOverview')}</LinkButton>
      </Notice>
    </>
  );
}
