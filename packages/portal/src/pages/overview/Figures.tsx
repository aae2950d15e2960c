import type { Summary } from '@allot/contract';
import { makeStyles, Text, tokens } from '@fluentui/react-components';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../text/use-format.ts';

const useStyles = makeStyles({
  figures: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(9rem, 1fr))',
    gap: tokens.spacingHorizontalM,
    margin: `${tokens.spacingVerticalL} 0`,
  },
  figure: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalXS,
    padding: tokens.spacingHorizontalL,
    borderRadius: tokens.borderRadiusLarge,
    boxShadow: tokens.shadow4,
    backgroundColor: tokens.colorNeutralBackground1,
  },
  bad: { color: tokens.colorStatusDangerForeground1 },
});

/** The organization in four numbers. */
export function Figures({ summary }: { readonly summary: Summary }) {
  const { t } = useTranslation('overview');
  const styles = useStyles();
  const { number } = useFormat();
  const { users, licensesGranted, usersInError, groupsInError } = summary;
  const figures = [
    { label: t('users'), value: users, isBad: false },
    { label: t('licenses'), value: licensesGranted, isBad: false },
    { label: t('usersInError'), value: usersInError, isBad: usersInError > 0 },
    { label: t('groupsInError'), value: groupsInError, isBad: groupsInError > 0 },
  ];
  return (
    <div className={styles.figures}>
      {figures.map(({ label, value, isBad }) => (
        <div key={label} className={styles.figure}>
          <Text>{label}</Text>
          <Text size={700} weight="semibold" className={isBad ? styles.bad : ''}>
            {number(value)}
          </Text>
        </div>
      ))}
    </div>
  );
}
