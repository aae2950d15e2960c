import { licenseReasonCodes } from '@allot/contract';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';

/** `Refused`: an assignment that every such call would be refused, and nobody can get. */
const codes = [...licenseReasonCodes, 'Refused'] as const;
type Code = (typeof codes)[number];

const isKnown = (error: string): error is Code => codes.some((one) => one === error);

/** Licensing errors in two or three words; an unknown one as it is. */
export function useErrorName(): (error: string) => string {
  const { t } = useTranslation('reasons');
  return useCallback((error) => (isKnown(error) ? t(`error_${error}`) : error), [t]);
}
