import type { Page } from './page.ts';
import { escape, field, problemText, renderPage } from './page.ts';

/** Where a person types the code that another device shows. `secret` makes sure that the form was ours. */
export function userCodePage(action: string, secret: string, problem: string | undefined): Page {
  const body = `<p>Type the code that the program shows.</p>
${problemText(problem)}
<form method="post" action="${escape(action)}" novalidate>
<input type="hidden" name="xsrf" value="${escape(secret)}">
${field({ name: 'user_code', label: 'Code', autocomplete: 'off', focus: true })}
<button type="submit">Next</button>
</form>`;
  return renderPage({ title: 'Sign in on another device', body });
}

export type ConfirmDevice = {
  readonly action: string;
  readonly secret: string;
  readonly userCode: string;
  readonly clientName: string;
};

/** Before the password: people should know which program they let in, and that somebody may have sent them here. */
export function confirmDevicePage({ action, secret, userCode, clientName }: ConfirmDevice): Page {
  const body = `<p>You are about to let <strong>${escape(clientName)}</strong> act in your name, on the device that shows the code
<strong>${escape(userCode)}</strong>.</p>
<p>Go on only if you started it yourself. If somebody sent you this code, cancel.</p>
<form method="post" action="${escape(action)}">
<input type="hidden" name="xsrf" value="${escape(secret)}">
<input type="hidden" name="user_code" value="${escape(userCode)}">
<button type="submit" name="confirm" value="yes">Go on</button>
<button type="submit" name="abort" value="yes">Cancel</button>
</form>`;
  return renderPage({ title: 'Is this your device?', body });
}

export const deviceDonePage = (clientName: string): Page =>
  renderPage({
    title: 'Signed in',
    body: `<p><strong>${escape(clientName)}</strong> goes on by itself. You can close this page.</p>`,
  });

/** @param returnsTo origin that people come to afterwards; undefined: they stay here */
export function signOutPage(action: string, secret: string, returnsTo: string | undefined): Page {
  const body = `<form method="post" action="${escape(action)}">
<input type="hidden" name="xsrf" value="${escape(secret)}">
<button type="submit" name="logout" value="yes">Sign out</button>
</form>`;
  return renderPage({ title: 'Sign out of Allot?', body, leadsTo: returnsTo === undefined ? [] : [returnsTo] });
}

export const signedOutPage = (): Page => renderPage({ title: 'Signed out', body: '<p>You can close this page.</p>' });

/** A form of the provider that a script would send, with a button in its place. */
export function continuePage(providerHtml: string): Page | undefined {
  const form = /<form[\s\S]*<\/form>/.exec(providerHtml)?.[0];
  const action = /action="([^"]*)"/.exec(form ?? '')?.[1];
  if (form === undefined || action === undefined) return undefined;
  const inputs = (form.match(/<input [^>]*>/g) ?? []).join('\n');
  const origin = URL.parse(action.replaceAll('&amp;', '&'))?.origin;
  const body = `<form method="post" action="${action}">\n${inputs}\n<button type="submit" autofocus>Go on</button>\n</form>`;
  return renderPage({ title: 'Go on', body, leadsTo: origin === undefined ? [] : [origin] });
}
