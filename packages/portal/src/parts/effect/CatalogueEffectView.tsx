import type { AssignmentChange, CatalogueEffect, ErrorChange, PlanUsers } from '@allot/contract';
import { makeStyles, MessageBar, MessageBarBody, Subtitle2, Text, tokens } from '@fluentui/react-components';
import { useTranslation } from 'react-i18next';
import { useProducts } from '../../api/use-products.ts';
import { useErrorName } from '../../text/use-error-name.ts';
import { useFormat } from '../../text/use-format.ts';
import { PageLink } from '../LinkButton.tsx';

const useStyles = makeStyles({
  effect: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM },
  title: { margin: 0 },
  list: { margin: `${tokens.spacingVerticalXS} 0 0`, paddingInlineStart: tokens.spacingHorizontalXL },
});

/** What a change of products, rules or settings does: to how many users, which groups, and which errors come and go. */
export function CatalogueEffectView({ effect }: { readonly effect: CatalogueEffect }) {
  const styles = useStyles();
  const { t } = useTranslation('effect');
  const { number } = useFormat();
  const { users, gained, lost, assignments, assignmentsUnlisted, errors } = effect;
  if (users === 0 && assignments.length === 0 && errors.length === 0) {
    return (
      <MessageBar intent="success">
        <MessageBarBody>{t('nobody')}</MessageBarBody>
      </MessageBar>
    );
  }
  return (
    <div className={styles.effect}>
      <MessageBar intent={lost.length > 0 || errors.some(isWorse) ? 'warning' : 'info'} layout="multiline">
        <MessageBarBody>
          {users === 0 ? t('onlyErrors') : t('users', { count: users, formatted: number(users) })}
        </MessageBarBody>
      </MessageBar>
      <Plans title={t('gained')} plans={gained} />
      <Plans title={t('lost')} plans={lost} />
      {assignments.length > 0 && (
        <section>
          <Subtitle2 as="h3" className={styles.title}>
            {t('assignments')}
          </Subtitle2>
          <ul className={styles.list}>
            {assignments.map((one) => (
              <li key={`${one.groupId} ${one.skuId}`}>
                <Assignment change={one} />
              </li>
            ))}
          </ul>
          {assignmentsUnlisted > 0 && (
            <Text>{t('unlisted', { count: assignmentsUnlisted, formatted: number(assignmentsUnlisted) })}</Text>
          )}
        </section>
      )}
      <Errors errors={errors} />
    </div>
  );
}

const isWorse = ({ usersBefore, usersAfter }: ErrorChange): boolean => usersAfter > usersBefore;

function Plans({ title, plans }: { readonly title: string; readonly plans: readonly PlanUsers[] }) {
  const styles = useStyles();
  const { t } = useTranslation('effect');
  const { number } = useFormat();
  const { planName } = useProducts();
  if (plans.length === 0) return null;
  return (
    <section>
      <Subtitle2 as="h3" className={styles.title}>
        {title}
      </Subtitle2>
      <ul className={styles.list}>
        {plans.map(({ servicePlanId, servicePlanName, users }) => (
          <li key={servicePlanId} title={servicePlanName}>
            {t('planUsers', { plan: planName(servicePlanId), count: users, formatted: number(users) })}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Assignment({ change }: { readonly change: AssignmentChange }) {
  const { t } = useTranslation('effect');
  const { number, list } = useFormat();
  const { productName } = useProducts();
  const { groupId, groupName, skuId, users, heldOff } = change;
  return (
    <>
      {groupId === null ? (
        t('direct')
      ) : (
        <PageLink to="/groups/$groupId" params={{ groupId }}>
          {groupName ?? groupId}
        </PageLink>
      )}
      {' · '}
      {t('productUsers', { product: productName(skuId), count: users, formatted: number(users) })}
      {heldOff.length > 0 && ` · ${t('heldOff', { plans: list(heldOff) })}`}
    </>
  );
}

function Errors({ errors }: { readonly errors: readonly ErrorChange[] }) {
  const styles = useStyles();
  const { t } = useTranslation('effect');
  const { number } = useFormat();
  const { productName } = useProducts();
  const errorName = useErrorName();
  if (errors.length === 0) return null;
  return (
    <section>
      <Subtitle2 as="h3" className={styles.title}>
        {t('errors')}
      </Subtitle2>
      <ul className={styles.list}>
        {errors.map(({ groupId, groupName, skuId, error, usersBefore, usersAfter }) => (
          <li key={`${groupId} ${skuId} ${error}`}>
            {t('errorUsers', {
              source: groupName ?? groupId ?? t('direct'),
              product: productName(skuId),
              error: errorName(error),
              before: number(usersBefore),
              after: number(usersAfter),
            })}
          </li>
        ))}
      </ul>
    </section>
  );
}
