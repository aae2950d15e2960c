import type { ErrorToExpect, UserToExpect } from '@allot/contract';
import { Caption1, makeStyles, Subtitle2, Text, tokens } from '@fluentui/react-components';
import { useTranslation } from 'react-i18next';
import { useProducts } from '../../api/use-products.ts';
import { useFormat } from '../../text/use-format.ts';
import { PageLink } from '../LinkButton.tsx';
import { useReasonWords } from '../use-reason-words.ts';
import { useRefusalWords } from '../../text/use-problem-words.ts';
import { useErrorName } from '../../text/use-error-name.ts';

const useStyles = makeStyles({
  list: {
    listStyle: 'none',
    margin: `${tokens.spacingVerticalS} 0 0`,
    padding: 0,
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalM,
  },
  cause: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalXXS,
    borderLeft: `3px solid ${tokens.colorStatusDangerBorder2}`,
    paddingLeft: tokens.spacingHorizontalM,
  },
  quiet: { color: tokens.colorNeutralForeground3 },
});

/** Users of one change who are named; the rest are counted. */
const namedMax = 20;

/** Who will be in error, by cause: in words, with some of the users. */
export function ErrorsToExpect({ errors }: { readonly errors: readonly ErrorToExpect[] }) {
  const styles = useStyles();
  const { t } = useTranslation('assign');
  const { number } = useFormat();
  const { productName } = useProducts();
  const errorName = useErrorName();
  const reasonWords = useReasonWords();
  if (errors.length === 0) return null;
  return (
    <section>
      <Subtitle2 as="h3" block>
        {t('willFail')}
      </Subtitle2>
      <ul className={styles.list}>
        {errors.map(({ groupId, groupName, skuId, error, count, reasons, reason, sampleUsers }) => (
          <li key={`${groupId}|${skuId}|${error}`} className={styles.cause}>
            <Text weight="semibold">
              {t('cause', { error: errorName(error), product: productName(skuId) })}
              {' · '}
              {t('users', { count, formatted: number(count) })}
            </Text>
            <Text>{reasonWords(reasons, reason)}</Text>
            <Caption1 className={styles.quiet}>
              <Names users={sampleUsers} all={count} />
            </Caption1>
            <Caption1 className={styles.quiet}>
              {groupName === null ? t('direct') : t('fromGroup', { group: groupName })}
            </Caption1>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Users for whom a direct assignment will be refused, and why. */
export function RefusedUsers({ users }: { readonly users: readonly UserToExpect[] }) {
  const styles = useStyles();
  const { t } = useTranslation('assign');
  const { number } = useFormat();
  const reasonWords = useReasonWords();
  const refusalWords = useRefusalWords();
  const refused = users.filter(({ granted }) => !granted);
  if (refused.length === 0) return null;
  return (
    <section>
      <Subtitle2 as="h3" block>
        {t('willBeRefused')}
      </Subtitle2>
      <Text>{t('refusedHint')}</Text>
      <ul className={styles.list}>
        {refused.slice(0, namedMax).map(({ id, displayName, userPrincipalName, refusal, reasons, sentence }) => (
          <li key={id} className={styles.cause}>
            <PageLink to="/users/$userId" params={{ userId: id }} title={userPrincipalName}>
              {displayName}
            </PageLink>
            <Text>{refusalWords(refusal) ?? reasonWords(reasons, sentence)}</Text>
          </li>
        ))}
      </ul>
      {refused.length > namedMax && (
        <Caption1>{t('andMore', { formatted: number(refused.length - namedMax) })}</Caption1>
      )}
    </section>
  );
}

/** Some users as links, and how many more there are. */
export function Names({
  users,
  all,
}: {
  readonly users: readonly { readonly id: string; readonly displayName: string }[];
  readonly all: number;
}) {
  const { t } = useTranslation('assign');
  const { number } = useFormat();
  return (
    <>
      {users.map(({ id, displayName }, index) => (
        <span key={id}>
          {index > 0 && ', '}
          <PageLink to="/users/$userId" params={{ userId: id }}>
            {displayName}
          </PageLink>
        </span>
      ))}
      {all > users.length && ` ${t('andMore', { formatted: number(all - users.length) })}`}
    </>
  );
}
