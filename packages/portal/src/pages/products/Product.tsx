import { useTranslation } from 'react-i18next';
import { PageTitle } from '../../parts/PageTitle.tsx';

export function Product() {
  const { t } = useTranslation('frame');
  return <PageTitle title={t('products')} />;
}
