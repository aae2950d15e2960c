import type { RulePreview, RuleUsers } from '@allot/contract';
import { makeStyles, MessageBar, MessageBarBody, Subtitle1, Subtitle2, Text, tokens } from '@fluentui/react-components';
import { useTranslation } from 'react-i18next';
import { Told } from '../../../parts/assign/EffectPreview.tsx';
import { PageLink } from '../../../parts/LinkButton.tsx';
import { useFormat } from '../../../text/use-format.ts';

const useStyles = makeStyles({
  section: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalL,
    padding: tokens.spacingHorizontalL,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
  },
  heading: { margin: 0 },
  sides: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(16rem, 1fr))',
    gap: tokens.spacingHorizontalXL,
  },
  users: { margin: 0, paddingLeft: tokens.spacingHorizontalL, columns: '9rem' },
});

/** So many of those who join or leave are named. */
const namedMax = 12;

/** What saving a rule does: who joins and who leaves, and what that does to licenses, errors and seats. */
export function RuleConsequences({ preview }: { readonly preview: RulePreview }) {
  const styles = useStyles();
  const { t } = useTranslation('rule');
  const { number, list } = useFormat();
  const { members, joining, leaving, cascades } = preview;
  const isNothing = joining.count === 0 && leaving.count === 0;
  return (
    <section className={styles.section} aria-labelledby="rule-consequences" aria-live="polite">
      <Subtitle1 as="h2" block className={styles.heading} id="rule-consequences">
        {t('consequences')}
      </Subtitle1>
      <Text>{t('members', { before: number(members.before), after: number(members.after) })}</Text>
      {isNothing ? (
        <Text>{t('nobodyMoves')}</Text>
      ) : (
        <div className={styles.sides}>
          <Side title={t('joining', { count: joining.count, formatted: number(joining.count) })} users={joining} />
          <Side title={t('leaving', { count: leaving.count, formatted: number(leaving.count) })} users={leaving} />
        </div>
      )}
      <Told effect={preview} />
      {cascades.length > 0 && (
        <MessageBar intent="info" layout="multiline">
          <MessageBarBody>
            {t('cascades', { groups: list(cascades.map(({ displayName }) => displayName)) })}
          </MessageBarBody>
        </MessageBar>
      )}
    </section>
  );
}

function Side({ title, users }: { readonly title: string; readonly users: RuleUsers }) {
  const styles = useStyles();
  const { t } = useTranslation('rule');
  const { number } = useFormat();
  const named = users.users.slice(0, namedMax);
  const more = users.count - named.length;
  return (
    <div>
      <Subtitle2 as="h3" block>
        {title}
      </Subtitle2>
      <ul className={styles.users}>
        {named.map(({ id, displayName, userPrincipalName }) => (
          <li key={id}>
            <PageLink to="/users/$userId" params={{ userId: id }} title={userPrincipalName}>
              {displayName}
            </PageLink>
          </li>
        ))}
        {more > 0 && <li>{t('more', { count: more, formatted: number(more) })}</li>}
      </ul>
    </div>
  );
}
