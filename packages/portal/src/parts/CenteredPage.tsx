import { makeStyles, tokens } from '@fluentui/react-components';
import type { ReactNode } from 'react';

const useStyles = makeStyles({
  page: {
    minHeight: '100vh',
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'center',
    justifyContent: 'center',
    gap: tokens.spacingVerticalL,
    padding: tokens.spacingHorizontalXL,
    boxSizing: 'border-box',
    textAlign: 'center',
    '> *': { maxWidth: '40rem' },
  },
});

/** A page with little on it, such as those before sign-in. */
export const CenteredPage = ({ children }: { readonly children: ReactNode }) => (
  <main className={useStyles().page}>{children}</main>
);
