import { Button, Spinner, Text, Title2 } from '@fluentui/react-components';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CenteredPage } from '../parts/CenteredPage.tsx';
import { ProblemText } from '../parts/ProblemText.tsx';
import { loadConfig, type PortalConfig } from './config.ts';
import { beginSignIn, IssuerUnreachable, resumeSession, type Session } from './session.ts';
import { SessionContext } from './use-session.ts';

type State =
  | { readonly state: 'loading' }
  | { readonly state: 'choosing'; readonly config: PortalConfig }
  | { readonly state: 'signed in'; readonly session: Session }
  | { readonly state: 'failed'; readonly error: Error };

/** Shows its children to whoever has signed in; everybody else is led to where they can. */
export function SessionGate({ children }: { readonly children: ReactNode }) {
  const { t } = useTranslation('frame');
  const [state, setState] = useState<State>({ state: 'loading' });
  useEffect(() => {
    let isCurrent = true;
    const show = async () => {
      const next = await open().catch(failed);
      if (isCurrent) setState(next);
    };
    void show();
    return () => {
      isCurrent = false;
    };
  }, []);

  switch (state.state) {
    case 'signed in':
      return <SessionContext value={state.session}>{children}</SessionContext>;
    case 'loading':
      return (
        <CenteredPage>
          <Spinner label={t('signingIn')} />
        </CenteredPage>
      );
    case 'choosing':
      return <ChooseSignIn config={state.config} onFailure={(error) => setState(failed(error))} />;
    case 'failed':
      return (
        <CenteredPage>
          <Title2 as="h1">{t('signInFailed')}</Title2>
          <Text align="center">
            {state.error instanceof IssuerUnreachable ? (
              t('issuerUnreachable', { issuer: state.error.issuer })
            ) : (
              <ProblemText error={state.error} />
            )}
          </Text>
          <Button appearance="primary" onClick={() => location.assign(document.baseURI)}>
            {t('tryAgain')}
          </Button>
        </CenteredPage>
      );
  }
}

const failed = (error: unknown): State => ({
  state: 'failed',
  error: error instanceof Error ? error : new Error(String(error)),
});

async function open(): Promise<State> {
  const config = await loadConfig();
  // Issuers lead back to the address that the installation is known by, and to no other.
  const known = new URL(config.baseUrl).origin;
  if (location.origin !== known) {
    location.replace(`${known}${location.pathname}${location.search}${location.hash}`);
    return { state: 'loading' };
  }
  const session = await resumeSession(config);
  if (session !== undefined) return { state: 'signed in', session };
  const [only, ...others] = config.signIn;
  if (only === undefined || others.length > 0) return { state: 'choosing', config };
  await beginSignIn(only);
  return { state: 'loading' };
}

function ChooseSignIn({
  config,
  onFailure,
}: {
  readonly config: PortalConfig;
  readonly onFailure: (error: unknown) => void;
}) {
  const { t } = useTranslation('frame');
  return (
    <CenteredPage>
      <Title2 as="h1">{t('signInTo', { organization: config.organization })}</Title2>
      {/* Most people are the organization's. */}
      {config.signIn.toReversed().map((choice) => (
        <Button
          key={choice.kind}
          appearance={choice.kind === 'external' ? 'primary' : 'secondary'}
          onClick={() => void beginSignIn(choice).catch(onFailure)}
        >
          {choice.kind === 'external' ? t('signInWith', { issuer: new URL(choice.authority).host }) : t('signInHere')}
        </Button>
      ))}
    </CenteredPage>
  );
}
