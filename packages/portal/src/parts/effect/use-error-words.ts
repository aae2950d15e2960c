import { useTranslation } from 'react-i18next';

const keys = {
  CountViolation: 'errorCount',
  MutuallyExclusiveViolation: 'errorExclusive',
  DependencyViolation: 'errorDependency',
  ProhibitedInUsageLocationViolation: 'errorLocation',
  UniquenessViolation: 'errorUniqueness',
} as const;

/** Licensing errors in words; an unknown one as it is. */
export function useErrorWords(): (error: string) => string {
  const { t } = useTranslation('effect');
  // `as`: it is among the keys.
  return (error) => (error in keys ? t(keys[error as keyof typeof keys]) : error);
}
