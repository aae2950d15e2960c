import { Skeleton, SkeletonItem } from '@fluentui/react-components';
import { useTranslation } from 'react-i18next';

/** Stands where rows will be, while the first of them are read. */
export function LoadingRows() {
  const { t } = useTranslation('parts');
  return (
    <Skeleton aria-label={t('loading')}>
      {Array.from({ length: 8 }, (_, index) => (
        <SkeletonItem key={index} style={{ margin: '12px 0' }} />
      ))}
    </Skeleton>
  );
}
