import { useTranslation } from 'react-i18next';
import { LinkButton } from '../parts/LinkButton.tsx';
import { Notice } from '../parts/Notice.tsx';

export function PageNotFound() {
  const { t } = useTranslation('frame');
  return (
    <Notice title={t('notFound')} text={t('notFoundHint')}>
      <LinkButton to="/">{t('toOverview')}</LinkButton>
    </Notice>
  );
}
