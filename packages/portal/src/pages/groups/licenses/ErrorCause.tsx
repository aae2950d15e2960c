import type { GroupErrorCause } from '@allot/contract';
import { Button, makeStyles, Subtitle2, Text, tokens } from '@fluentui/react-components';
import { ChevronDown20Regular, ChevronRight20Regular } from '@fluentui/react-icons';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useProducts } from '../../../api/use-products.ts';
import { useErrorName } from '../../../text/use-error-name.ts';
import { FixList } from '../../../parts/fixes/FixList.tsx';
import { useReasonWords } from '../../../parts/use-reason-words.ts';
import { useFormat } from '../../../text/use-format.ts';
import { CauseUsers } from './CauseUsers.tsx';

const useStyles = makeStyles({
  cause: {
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'stretch',
    gap: tokens.spacingVerticalS,
    padding: tokens.spacingHorizontalL,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderLeft: `4px solid ${tokens.colorStatusDangerBorder2}`,
    borderRadius: tokens.borderRadiusMedium,
  },
  title: { margin: 0 },
  users: { alignSelf: 'flex-start', marginLeft: `calc(-1 * ${tokens.spacingHorizontalS})` },
  helps: { margin: `${tokens.spacingVerticalS} 0 0` },
});

/** One cause: what happened in words, whom it concerns, and what helps, with buttons that do it. */
export function ErrorCause({ groupId, cause }: { readonly groupId: string; readonly cause: GroupErrorCause }) {
  const styles = useStyles();
  const { t } = useTranslation('group');
  const { number } = useFormat();
  const { productName } = useProducts();
  const errorName = useErrorName();
  const reasonWords = useReasonWords();
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  const { error, skuId, count, reasons, reason, fixes } = cause;
  const showUsers = () => {
    setOpen(true);
    document.getElementById(`${id}-toggle`)?.focus();
  };
  return (
    <article className={styles.cause} aria-labelledby={`${id}-title`}>
      <Subtitle2 as="h3" className={styles.title} id={`${id}-title`}>
        {t('cause', { error: errorName(error), product: productName(skuId) })}
      </Subtitle2>
      <Text>{reasonWords(reasons, reason)}</Text>
      <Button
        id={`${id}-toggle`}
        appearance="subtle"
        size="small"
        className={styles.users}
        icon={isOpen ? <ChevronDown20Regular /> : <ChevronRight20Regular />}
        aria-expanded={isOpen}
        aria-controls={`${id}-users`}
        onClick={() => setOpen(!isOpen)}
      >
        {t('causeUsers', { count, formatted: number(count) })}
      </Button>
      <div id={`${id}-users`}>{isOpen && <CauseUsers groupId={groupId} error={error} skuId={skuId} />}</div>
      <Text weight="semibold" className={styles.helps}>
        {t('whatHelps')}
      </Text>
      <FixList fixes={fixes} scope={{ kind: 'cause', groupId, error, skuId }} hereId={groupId} showUsers={showUsers} />
    </article>
  );
}
