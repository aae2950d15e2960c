import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Notice } from '../Notice.tsx';

/** What stands where there is no row: because nothing matches, or because there is nothing yet. */
export function NoRows({
  isFiltered,
  title,
  hint,
  children,
}: {
  readonly isFiltered: boolean;
  readonly title: string;
  readonly hint?: string;
  /** What to do first, as links or buttons. */
  readonly children?: ReactNode;
}) {
  const { t } = useTranslation('parts');
  return isFiltered ? (
    <Notice title={t('noMatch')} role="status" />
  ) : (
    <Notice title={title} text={hint} role="status">
      {children}
    </Notice>
  );
}
