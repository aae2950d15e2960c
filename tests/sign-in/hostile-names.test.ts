import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { Page } from './browser.ts';
import { startOffice } from './office-with-people.ts';

const office = await startOffice({ after });
const { server, browser, begin } = office;

/** What would be a tag, an attribute, a header or a statement where somebody forgot to say that it is a text. */
const hostile = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onfocus=alert(1) autofocus='",
  '&lt;script&gt;&#60;script&#62;',
  'javascript:alert(1)',
  "x'; drop table allot.account; --",
  'a%0d%0aset-cookie: b=c',
  '${7*7}{{7*7}}',
];

/** Whatever was shown, the page has the tags of ours and no others, and no attribute that does something. */
function assertTame({ html, headers }: Page, shown: string): void {
  const tags = [...html.matchAll(/<([a-z!/][^\s>]*)/gi)].map(([, name = '']) => name.replace('/', '').toLowerCase());
  assert.deepEqual(
    tags.filter(
      (name) =>
        !/^(!doctype|html|head|meta|title|style|body|main|h1|p|strong|form|input|label|button|ol|li|code|a)$/.test(
          name,
        ),
    ),
    [],
    shown,
  );
  assert.doesNotMatch(html, /<[^>]*\son\w+\s*=(?=[^"]*(?:"[^"]*"[^"]*)*>)/i, shown);
  assert.doesNotMatch(html, /href="javascript:/i, shown);
  assert.equal(headers.get('set-cookie')?.includes('b=c') ?? false, false, shown);
}

test('names of people and programs are texts on every page that shows them', async () => {
  for (const name of hostile) {
    const { status, body } = await server.call('POST', '/allot/v1/accounts', { signInName: name, displayName: name });
    assert.ok([201, 400].includes(status), `${name} ${status}`);
    if (status === 201) {
      const someone = browser();
      const page = await someone.open(body.link);
      assertTame(page, name);
      assertTame(await someone.submit(page, { password: name, repeated: 'x', code: name }), name);
    }
    const redirect = 'http://localhost:4999/back';
    const { status: registered, body: application } = await server.call('POST', '/allot/v1/applications', {
      displayName: name,
      publicClient: true,
      redirectUris: [redirect],
      delegatedPermissions: ['User.Read'],
    });
    assert.ok([201, 400].includes(registered), `${name} ${registered}`);
    if (registered !== 201) continue;
    const who = browser();
    const { page } = await begin(who, {
      client_id: String(application.id),
      redirect_uri: redirect,
      scope: 'openid',
      login_hint: name,
    });
    assert.equal(page.status, 200, page.html);
    assertTame(page, name);
    assertTame(await who.submit(page, { name, password: name, code: name, action: 'sign-in' }), name);
  }
});

test('what a request says comes back as a text from pages that refuse it', async () => {
  const { baseUrl, tenantId } = server;
  for (const text of hostile) {
    const encoded = encodeURIComponent(text);
    for (const path of [
      `/${encoded}/oauth2/v2.0/authorize`,
      `/${tenantId}/oauth2/v2.0/authorize?client_id=${encoded}`,
      `/${tenantId}/oauth2/v2.0/authorize?client_id=${tenantId}&redirect_uri=${encoded}&response_type=${encoded}`,
      `/${tenantId}/oauth2/v2.0/logout?post_logout_redirect_uri=${encoded}&client_id=${encoded}&state=${encoded}`,
      `/${tenantId}/oauth2/v2.0/deviceauth?user_code=${encoded}`,
      `/${tenantId}/sign-in/${encoded}`,
      `/${tenantId}/sign-in/link/${encoded}`,
      `/${encoded}/sign-in/link/${encoded}`,
    ]) {
      const answer = await fetch(`${baseUrl}${path}`, { headers: { accept: 'text/html' }, redirect: 'manual' });
      const html = await answer.text();
      assert.ok(answer.status < 500, `${path} ${answer.status}`);
      if (/html/.test(answer.headers.get('content-type') ?? ''))
        assertTame({ status: answer.status, headers: answer.headers, url: path, html }, path);
      const location = answer.headers.get('location');
      if (location !== null) assert.equal(new URL(location, baseUrl).origin, new URL(baseUrl).origin, path);
    }
  }
});
