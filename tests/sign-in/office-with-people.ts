import { createHash, randomBytes } from 'node:crypto';
import { portalClientId } from '../../packages/server/src/sign-in/first-party-clients.ts';
import { codeAt } from '../../packages/server/src/sign-in/people/totp.ts';
import type { TestScope } from '../database.ts';
import { type TestServer, testServer } from '../server.ts';
import { Browser, type Page } from './browser.ts';

/** Somebody who has set password and authenticator. */
export interface SignInPerson {
  readonly id: string;
  readonly name: string;
  readonly password: string;
  readonly totpSecret: Buffer;
  /** A code that was not taken yet: of this step, the next, or the one before. */
  code(): string;
}

export const password = 'correct horse battery';

/** A server and what tests of people do with it. */
export async function startOffice(scope: TestScope, settings: Readonly<Record<string, string>> = {}) {
  const server = await testServer(scope, { settings });
  return { server, ...actionsAt(server) };
}

/** What is needed of a server: also a program of its own has that. */
type Place = Pick<TestServer, 'baseUrl' | 'tenantId' | 'call'>;

export function actionsAt(server: Place) {
  const tokens = tokensOf(server);
  return { ...tokens, ...peopleOf(server, tokens.browser) };
}

export type Office = Awaited<ReturnType<typeof startOffice>>;

/** Gives people accounts and roles, with the token of the first application. */
function peopleOf(server: Place, browser: () => Browser) {
  /** Uses a one-time link. */
  const useLink = async (link: string, id: string, name: string): Promise<SignInPerson> => {
    const someone = browser();
    const page = await someone.open(link);
    const totpSecret = secretOn(page);
    const person = personOf(id, name, totpSecret);
    const done = await someone.submit(page, { password, repeated: password, code: person.code() });
    if (done.status !== 200) throw new Error(`The link was not taken: ${done.html}`);
    return person;
  };

  /** A local administrator with these roles, everywhere or for a group. */
  const addPerson = async (name: string, ...held: readonly (readonly [roleId: string, groupId?: string])[]) => {
    const { status, body } = await server.call('POST', '/allot/v1/accounts', { signInName: name, displayName: name });
    if (status !== 201) throw new Error(JSON.stringify(body));
    const { id, link }: { id: string; link: string } = body;
    for (const [roleDefinitionId, groupId] of held) await giveRole(id, roleDefinitionId, groupId);
    return useLink(link, id, name);
  };

  const giveRole = async (principalId: string, roleDefinitionId: string, groupId?: string): Promise<string> => {
    const directoryScopeId = groupId === undefined ? '/' : `/${groupId}`;
    const given = await server.call('POST', '/v1.0/roleManagement/directory/roleAssignments', {
      principalId,
      roleDefinitionId,
      directoryScopeId,
    });
    if (given.status !== 201) throw new Error(JSON.stringify(given.body));
    return String(given.body.id);
  };

  return { useLink, addPerson, giveRole };
}

/** Signs people in, with the portal unless another client is named. */
function tokensOf(server: Place) {
  const { baseUrl, tenantId } = server;
  const browser = () => new Browser(baseUrl);

  /** Begins a sign-in through the portal, or another client. */
  const begin = async (who: Browser, more: Readonly<Record<string, string>> = {}) => {
    const verifier = randomBytes(32).toString('base64url');
    const query = new URLSearchParams({
      client_id: portalClientId,
      response_type: 'code',
      redirect_uri: `${baseUrl}/portal/signed-in`,
      scope: 'openid profile offline_access https://graph.microsoft.com/.default',
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
      state: 'here',
      ...more,
    });
    const page = await who.open(`/${tenantId}/oauth2/v2.0/authorize?${query.toString()}`);
    return { page, verifier };
  };

  const submitSignIn = (who: Browser, page: Page, { name, password: word, code }: SignInPerson) =>
    who.submit(page, { name, password: word, code: code(), action: 'sign-in' });

  const askToken = async (form: Readonly<Record<string, string>>) => {
    const answer = await fetch(`${baseUrl}/${tenantId}/oauth2/v2.0/token`, {
      method: 'POST',
      body: new URLSearchParams(form),
    });
    const body: Readonly<Record<string, string>> = JSON.parse(await answer.text());
    return { status: answer.status, body };
  };

  const redeem = (page: Page, verifier: string, more: Readonly<Record<string, string>> = {}) =>
    askToken({
      grant_type: 'authorization_code',
      client_id: portalClientId,
      redirect_uri: `${baseUrl}/portal/signed-in`,
      code: new URL(page.url).searchParams.get('code') ?? '',
      code_verifier: verifier,
      ...more,
    });

  const refresh = (token: string) =>
    askToken({
      grant_type: 'refresh_token',
      client_id: portalClientId,
      refresh_token: token,
      scope: `${baseUrl}/.default`,
    });

  /** A person's tokens, by the portal. */
  const signIn = async (person: SignInPerson, more: Readonly<Record<string, string>> = {}) => {
    const who = browser();
    const { page, verifier } = await begin(who, more);
    const { status, body } = await redeem(await submitSignIn(who, page, person), verifier);
    if (status !== 200) throw new Error(JSON.stringify(body));
    return body;
  };

  const callAs = (token: string | undefined, method: string, path: string, body?: unknown) =>
    server.call(method, path, body, { authorization: `Bearer ${token ?? ''}` });

  return { browser, begin, submitSignIn, askToken, redeem, refresh, signIn, callAs };
}

export function personOf(id: string, name: string, totpSecret: Buffer): SignInPerson {
  // A code is taken once, and those before it with it: the earliest that is still good goes first.
  let steps = -2;
  const code = () => {
    steps += 1;
    if (steps < 0) waitForNextStep();
    return codeAt(totpSecret, Date.now() + steps * totpStepMs);
  };
  return { id, name, password, totpSecret, code };
}

/** The code before this one is good until the step ends: not when that is before the server looks at it. */
function waitForNextStep(): void {
  const leftMs = totpStepMs - (Date.now() % totpStepMs);
  if (leftMs < typingMs) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, leftMs + 1);
}

const totpStepMs = 30_000;
const typingMs = 4_000;

export const secretOn = ({ html }: Page): Buffer => secretOfLetters(/<code>([A-Z2-7 ]+)<\/code>/.exec(html)?.[1] ?? '');

/** The secret that a page shows in groups of letters (base32). */
export function secretOfLetters(shown: string): Buffer {
  const bits = Array.from(shown.replaceAll(' ', ''), (letter) =>
    'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'),
  );
  return Buffer.from((bits.join('').match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
}
