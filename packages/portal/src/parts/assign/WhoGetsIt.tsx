import type { NamedAssignment } from '@allot/contract';
import { Caption1, makeStyles, mergeClasses, Subtitle2, Text, tokens } from '@fluentui/react-components';
import { CheckmarkCircle20Filled, ErrorCircle20Filled, SubtractCircle20Filled } from '@fluentui/react-icons';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useProducts } from '../../api/use-products.ts';
import { useErrorName } from '../../text/use-error-name.ts';
import { useFormat } from '../../text/use-format.ts';
import { Names } from './ErrorsToExpect.tsx';
import { ServiceChanges } from './ServiceChanges.tsx';
import type { Effect } from './use-effect-preview.ts';

const useStyles = makeStyles({
  lines: {
    listStyle: 'none',
    margin: `${tokens.spacingVerticalS} 0 0`,
    padding: 0,
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalS,
  },
  line: { display: 'flex', gap: tokens.spacingHorizontalS, alignItems: 'flex-start' },
  icon: { flexShrink: 0, display: 'flex' },
  good: { color: tokens.colorStatusSuccessForeground1 },
  bad: { color: tokens.colorStatusDangerForeground1 },
  quiet: { color: tokens.colorNeutralForeground3, display: 'block' },
});

/** How many users get each product, lose it, have it in error, or no longer do. */
export function WhoGetsIt({ effect }: { readonly effect: Effect }) {
  const styles = useStyles();
  const { t } = useTranslation('assign');
  const { number } = useFormat();
  const { productName } = useProducts();
  const errorName = useErrorName();
  const { licenses, users, others } = effect;
  const granted = users?.filter((user) => user.granted).length ?? 0;
  const solved = effect.effect.errors.filter(
    (one) =>
      one.usersAfter < one.usersBefore && !licenses.some((license) => license.gaining > 0 && isSame(license, one)),
  );
  const isNothing = licenses.length + solved.length === 0 && effect.effect.users === 0;
  return (
    <section>
      <Subtitle2 as="h3" block>
        {t('effect')}
      </Subtitle2>
      {isNothing && <Text>{t('noEffect')}</Text>}
      <ul className={styles.lines}>
        {users && (
          <Line tone={granted === users.length ? 'good' : 'bad'}>
            {t('accepted', { count: users.length, granted: number(granted), all: number(users.length) })}
          </Line>
        )}
        {licenses.map(({ groupId, groupName, skuId, gaining, losing, inError }) => {
          const source = groupName === null ? t('direct') : t('fromGroup', { group: groupName });
          const of = (count: number) => ({ count, formatted: number(count), product: productName(skuId) });
          return [
            gaining > 0 && (
              <Line key={`${groupId}|${skuId}|gaining`} tone="good">
                {t('getting', of(gaining))} <Caption1 className={styles.quiet}>{source}</Caption1>
              </Line>
            ),
            losing > 0 && (
              <Line key={`${groupId}|${skuId}|losing`} tone="less">
                {t('losing', of(losing))} <Caption1 className={styles.quiet}>{source}</Caption1>
              </Line>
            ),
            inError > 0 && (
              <Line key={`${groupId}|${skuId}|inError`} tone="bad">
                {t('failing', of(inError))} <Caption1 className={styles.quiet}>{source}</Caption1>
              </Line>
            ),
          ];
        })}
        {solved.map(({ groupId, groupName, skuId, error, usersBefore, usersAfter }) => {
          const count = usersBefore - usersAfter;
          return (
            <Line key={`${groupId}|${skuId}|${error}`} tone="good">
              {t('solved', { count, formatted: number(count), product: productName(skuId), error: errorName(error) })}{' '}
              <Caption1 className={styles.quiet}>
                {groupName === null ? t('direct') : t('fromGroup', { group: groupName })}
              </Caption1>
            </Line>
          );
        })}
        {others !== undefined && others.count > 0 && (
          <Line tone="good">
            {t('others', { count: others.count, formatted: number(others.count) })}{' '}
            <Caption1 className={styles.quiet}>
              <Names users={others.users.slice(0, 5)} all={others.count} />
            </Caption1>
          </Line>
        )}
      </ul>
      <ServiceChanges gained={effect.effect.gained} lost={effect.effect.lost} />
    </section>
  );
}

/** Whoever gets a product has no error with it any more; that is said once. */
const isSame = (one: NamedAssignment, other: Pick<NamedAssignment, 'groupId' | 'skuId'>): boolean =>
  one.groupId === other.groupId && one.skuId === other.skuId;

const icons = {
  good: <CheckmarkCircle20Filled />,
  less: <SubtractCircle20Filled />,
  bad: <ErrorCircle20Filled />,
};

function Line({ tone, children }: { readonly tone: 'good' | 'less' | 'bad'; readonly children: ReactNode }) {
  const styles = useStyles();
  return (
    <li className={styles.line}>
      <span
        className={mergeClasses(styles.icon, tone === 'good' && styles.good, tone === 'bad' && styles.bad)}
        aria-hidden
      >
        {icons[tone]}
      </span>
      <div>{children}</div>
    </li>
  );
}
