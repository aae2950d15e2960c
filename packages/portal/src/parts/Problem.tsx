import { ApiError, SignInRefused } from '@allot/contract';
import { Button, Caption1 } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Notice } from './Notice.tsx';
import { ProblemText } from './ProblemText.tsx';

/** Says what went wrong, and offers what may help. */
export function Problem({
  error,
  retry,
  children,
}: {
  readonly error: Error;
  readonly retry?: (() => void) | undefined;
  /** Where else one may go. */
  readonly children?: ReactNode;
}) {
  const { t } = useTranslation('parts');
  if (error instanceof SignInRefused) {
    return (
      <Notice role="alert" title={t('signInEnded')}>
        <Button appearance="primary" onClick={() => location.reload()}>
          {t('signInAgain')}
        </Button>
      </Notice>
    );
  }
  const status = error instanceof ApiError ? error.status : undefined;
  const title = status === 403 ? t('forbidden') : status === 404 ? t('gone') : t('failed');
  return (
    <Notice role="alert" title={title} text={status === 403 ? t('forbiddenHint') : <ProblemText error={error} />}>
      {retry !== undefined && status !== 403 && status !== 404 && <Button onClick={retry}>{t('retry')}</Button>}
      {children}
      {error instanceof ApiError && error.headers?.['request-id'] !== undefined && (
        <Caption1>{t('requestId', { id: error.headers['request-id'] })}</Caption1>
      )}
    </Notice>
  );
}
