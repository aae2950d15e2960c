import { createClient, type Client, SignInRefused } from '@allot/contract';
import { UserManager, WebStorageStateStore } from 'oidc-client-ts';
import type { PortalConfig, SignInChoice } from './config.ts';
import { answerOpener, isBeside, signInBeside } from './sign-in-beside.ts';

/** Somebody's stay in this tab. */
export interface Session {
  readonly config: PortalConfig;
  /** Who signed the person in. */
  readonly choice: SignInChoice;
  readonly client: Client;
  /** After the sign-in has ended, without leaving the page. False: nobody did. */
  readonly signInAgain: () => Promise<boolean>;
  /** Signs out here and, where the issuer can, there. */
  readonly signOut: () => Promise<void>;
}

const choiceKey = 'allot.sign-in';
const returnKey = 'allot.return-to';

const base = (): string => new URL('.', document.baseURI).href;

/** Tokens are kept as long as the tab, and seen by no other. */
function managerOf({ authority, clientId, scope }: SignInChoice): UserManager {
  const store = new WebStorageStateStore({ store: sessionStorage });
  return new UserManager({
    authority,
    client_id: clientId,
    scope,
    redirect_uri: `${base()}signed-in`,
    post_logout_redirect_uri: base(),
    response_type: 'code',
    userStore: store,
    stateStore: store,
    // The client asks for a token when it needs one; nothing is renewed that nobody uses.
    automaticSilentRenew: false,
    monitorSession: false,
  });
}

/** Nothing came from an issuer, or the browser may not read it: issuers say which addresses may ask them. */
export class IssuerUnreachable extends Error {
  override readonly name = 'IssuerUnreachable';
  /** Its host. */
  readonly issuer: string;

  constructor({ authority }: SignInChoice, cause: unknown) {
    super(`No answer from ${authority}.`, { cause });
    this.issuer = new URL(authority).host;
  }
}

async function reaching<T>(choice: SignInChoice, asked: Promise<T>): Promise<T> {
  try {
    return await asked;
  } catch (error) {
    // What fetch throws for both; browsers do not tell pages which of them it was.
    throw error instanceof TypeError ? new IssuerUnreachable(choice, error) : error;
  }
}

/**
 * Leads to the sign-in page; the portal comes back to where the person was.
 * @throws IssuerUnreachable
 */
export async function beginSignIn(choice: SignInChoice): Promise<void> {
  sessionStorage.setItem(choiceKey, choice.kind);
  if (!isReturn()) sessionStorage.setItem(returnKey, location.href);
  await reaching(choice, managerOf(choice).signinRedirect());
}

/**
 * The session of this tab, if somebody has signed in; after the sign-in page has led back, it begins.
 * @throws Error of the issuer, when it refused; IssuerUnreachable
 */
export async function resumeSession(config: PortalConfig): Promise<Session | undefined> {
  const kind = sessionStorage.getItem(choiceKey);
  const choice = config.signIn.find((one) => one.kind === kind);
  if (choice === undefined) return undefined;
  const manager = managerOf(choice);
  if (isReturn() && isBeside()) return answerOpener(manager);
  if (isReturn()) {
    await reaching(choice, manager.signinRedirectCallback());
    history.replaceState(null, '', sessionStorage.getItem(returnKey) ?? base());
  }
  const user = await manager.getUser();
  if (user === null || (user.expired === true && user.refresh_token === undefined)) return undefined;
  return sessionOf(config, choice, manager);
}

const isReturn = (): boolean => location.href.startsWith(`${base()}signed-in?`);

function sessionOf(config: PortalConfig, choice: SignInChoice, manager: UserManager): Session {
  let whose: string | undefined;
  let renewing: ReturnType<UserManager['signinSilent']> | undefined;
  const tokens = async (renew: boolean): Promise<string> => {
    let user = await manager.getUser();
    const isOld = renew || (user?.expires_in ?? 0) < renewSecondsBefore;
    // Without such a token only a hidden frame could ask, which the page's policy forbids: the person signs in again.
    if (isOld && user?.refresh_token === undefined) user = null;
    if (user !== null && isOld) {
      // Several requests that meet an old token renew it once.
      renewing ??= manager.signinSilent().finally(() => (renewing = undefined));
      user = await renewing.catch(() => null);
    }
    if (user === null) {
      await manager.removeUser();
      throw new SignInRefused('The sign-in has ended.');
    }
    whose ??= user.profile.sub;
    return user.access_token;
  };
  return {
    config,
    choice,
    client: createClient(new URL('..', document.baseURI).href, tokens),
    signInAgain: () => signInBeside(manager, whose),
    signOut: async () => {
      sessionStorage.removeItem(choiceKey);
      sessionStorage.setItem(returnKey, base());
      await manager.signoutRedirect().catch(async () => {
        await manager.removeUser();
        location.assign(base());
      });
    },
  };
}

/** A token is renewed this long before it ends, so that none ends on its way. */
const renewSecondsBefore = 60;
