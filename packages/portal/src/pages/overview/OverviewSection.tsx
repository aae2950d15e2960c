import { makeStyles, Subtitle1, tokens } from '@fluentui/react-components';
import type { ReactNode } from 'react';

const useStyles = makeStyles({
  title: { margin: `${tokens.spacingVerticalXXL} 0 ${tokens.spacingVerticalM}` },
});

export function OverviewSection({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const styles = useStyles();
  return (
    <section>
      <Subtitle1 as="h2" block className={styles.title}>
        {title}
      </Subtitle1>
      {children}
    </section>
  );
}
