import { Card, makeStyles, Subtitle2, Text, tokens } from '@fluentui/react-components';
import type { ReactNode } from 'react';

const useStyles = makeStyles({
  row: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr) minmax(16rem, 22rem)',
    gap: tokens.spacingHorizontalXXL,
    alignItems: 'start',
    '@media (max-width: 60rem)': { gridTemplateColumns: 'minmax(0, 1fr)', gap: tokens.spacingVerticalM },
  },
  words: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalXS },
  title: { margin: 0 },
  text: { color: tokens.colorNeutralForeground2 },
});

/** A setting: what it is called, what it changes, and where it is changed. */
export function SettingRow({
  title,
  text,
  children,
}: {
  readonly title: string;
  readonly text: string;
  readonly children: ReactNode;
}) {
  const styles = useStyles();
  return (
    <Card appearance="outline">
      <div className={styles.row}>
        <div className={styles.words}>
          <Subtitle2 as="h2" className={styles.title}>
            {title}
          </Subtitle2>
          <Text className={styles.text}>{text}</Text>
        </div>
        <div>{children}</div>
      </div>
    </Card>
  );
}
