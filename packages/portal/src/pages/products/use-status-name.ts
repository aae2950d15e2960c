import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';

const keys = {
  Upcoming: 'statusUpcoming',
  Enabled: 'statusEnabled',
  Warning: 'statusWarning',
  Suspended: 'statusSuspended',
  Deleted: 'statusDeleted',
  LockedOut: 'statusLockedOut',
} as const;

/** The status of a subscription, or of a product, in words; an unknown one as it is. */
export function useStatusName(): (status: string) => string {
  const { t } = useTranslation('products');
  // `as`: it is among the keys.
  return useCallback((status) => (status in keys ? t(keys[status as keyof typeof keys]) : status), [t]);
}
