import { Spinner, Text } from '@fluentui/react-components';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../text/use-format.ts';
import { Problem } from '../Problem.tsx';
import type { FixTarget } from './fix-scope.ts';

/** So many are named, the rest is counted. */
const namedMax = 3;

/** For whom a fix is done. */
export function FixTargets({
  targets,
  error,
}: {
  readonly targets: readonly FixTarget[] | undefined;
  readonly error: Error | null;
}) {
  const { t } = useTranslation('fixes');
  const { list, number } = useFormat();
  if (error) return <Problem error={error} />;
  if (targets === undefined) return <Spinner size="tiny" label={t('finding')} labelPosition="after" />;
  if (targets.length === 0) return <Text>{t('helpsNobody')}</Text>;
  const names = targets.slice(0, namedMax).map(({ user }) => user.displayName);
  const more = targets.length - names.length;
  return (
    <Text>
      {t('concerns', {
        users: list([...names, ...(more > 0 ? [t('more', { count: more, formatted: number(more) })] : [])]),
      })}
    </Text>
  );
}
