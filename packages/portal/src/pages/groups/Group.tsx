import { useTranslation } from 'react-i18next';
import { PageTitle } from '../../parts/PageTitle.tsx';

export function Group() {
  const { t } = useTranslation('frame');
  return <PageTitle title={t('groups')} />;
}
