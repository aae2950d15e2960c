import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';

const keys = {
  CountViolation: 'errorCount',
  MutuallyExclusiveViolation: 'errorExclusive',
  DependencyViolation: 'errorDependency',
  ProhibitedInUsageLocationViolation: 'errorLocation',
  UniquenessViolation: 'errorUniqueness',
  Other: 'errorOther',
  Refused: 'errorRefused',
} as const;

/** Licensing errors in words; an unknown one as it is. */
export function useErrorName(): (error: string) => string {
  const { t } = useTranslation('assign');
  // `as`: what is not among the keys is undefined then.
  return useCallback((error) => (error in keys ? t(keys[error as keyof typeof keys]) : error), [t]);
}
