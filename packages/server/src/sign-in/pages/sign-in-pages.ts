import type { Person } from '@allot/store';

import { base32, totpAddress } from '../people/totp.ts';
import { passwordLengthMin } from '../people/use-link.ts';
import type { Page } from './page.ts';
import { escape, field, problemText, renderPage } from './page.ts';

export type SignInPage = {
  readonly tenantName: string;
  readonly clientName: string;
  /** Where the application gets its answer; undefined: it asks for it (device code). */
  readonly redirectUri: string | undefined;
  readonly name: string;
  readonly problem?: string;
};

/** Name, password and code, all on one page: it tells nobody which of them was wrong. */
export function signInPage({ tenantName, clientName, redirectUri, name, problem }: SignInPage): Page {
  const body = `<p>To go on to <strong>${escape(clientName)}</strong> with an account of <strong>${escape(tenantName)}</strong>.</p>
${problemText(problem)}
<form method="post" novalidate>
${field({ name: 'name', label: 'Name', autocomplete: 'username', value: name, focus: name === '' })}
${field({ name: 'password', label: 'Password', type: 'password', autocomplete: 'current-password', focus: name !== '' })}
${field({ name: 'code', label: 'Code of the authenticator app', autocomplete: 'one-time-code', numeric: true })}
<button type="submit" name="action" value="sign-in">Sign in</button>
<button type="submit" name="action" value="cancel">Cancel</button>
</form>`;
  const leadsTo = redirectUri === undefined ? [] : [sourceOf(redirectUri)];
  return renderPage({ title: 'Sign in', body, leadsTo });
}

/** A redirect URI as a source of a content security policy. */
function sourceOf(redirectUri: string): string {
  const url = new URL(redirectUri);
  return /^https?:$/.test(url.protocol) ? url.origin : url.protocol;
}

export type LinkPage = {
  readonly person: Person;
  readonly tenantName: string;
  readonly totpSecret: Buffer;
  readonly problem?: string | undefined;
};

/** What a one-time link opens: password and authenticator. */
export function linkPage({ person, tenantName, totpSecret, problem }: LinkPage): Page {
  const secret =
    base32(totpSecret)
      .match(/.{1,4}/g)
      ?.join(' ') ?? '';
  const address = totpAddress(totpSecret, { signInName: person.signInName, issuer: `Allot ${tenantName}` });
  const body = `<p>For <strong>${escape(person.signInName)}</strong> at <strong>${escape(tenantName)}</strong>. This link works once.</p>
${problemText(problem)}
<ol>
<li>Add an account to your authenticator app, with this key (time based, six digits):<code>${secret}</code>
<a href="${escape(address)}">Open the authenticator app of this device</a></li>
<li>Choose a password, and type the code that the app shows.</li>
</ol>
<form method="post" novalidate>
<input type="hidden" name="username" autocomplete="username" value="${escape(person.signInName)}">
${field({
  name: 'password',
  label: 'New password',
  type: 'password',
  autocomplete: 'new-password',
  hint: `At least ${passwordLengthMin} characters.`,
})}
${field({ name: 'repeated', label: 'New password again', type: 'password', autocomplete: 'new-password' })}
${field({ name: 'code', label: 'Code of the authenticator app', autocomplete: 'one-time-code', numeric: true })}
<button type="submit">Save</button>
</form>`;
  return renderPage({ title: 'Set up your sign-in', body });
}

export const linkUsedPage = (person: Person, base: string): Page =>
  renderPage({
    title: 'Done',
    body: `<p>Sign in as <strong>${escape(person.signInName)}</strong> with the new password and the codes of the app.</p>
<p><a href="${escape(base)}/">Go to Allot</a></p>`,
  });

/** An error in words; what to do is part of the sentence. */
export const problemPage = (title: string, problem: string): Page => renderPage({ title, body: problemText(problem) });
