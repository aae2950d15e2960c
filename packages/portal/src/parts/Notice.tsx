import { makeStyles, Subtitle1, Text, tokens } from '@fluentui/react-components';
import type { ReactNode } from 'react';

const useStyles = makeStyles({
  notice: {
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'flex-start',
    gap: tokens.spacingVerticalM,
    padding: `${tokens.spacingVerticalXXL} ${tokens.spacingHorizontalXL}`,
    maxWidth: '40rem',
  },
});

/** Says why there is nothing else to see here, and what to do. */
export function Notice({
  title,
  text,
  role,
  children,
}: {
  readonly title: string;
  readonly text?: ReactNode;
  readonly role?: 'alert' | 'status';
  readonly children?: ReactNode;
}) {
  return (
    <div className={useStyles().notice} role={role}>
      <Subtitle1 as="h2">{title}</Subtitle1>
      {text && <Text>{text}</Text>}
      {children}
    </div>
  );
}
