import assert from 'node:assert/strict';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { freePort } from '../../packages/server/src/listen.ts';
import { testServer } from '../server.ts';

const server = await testServer({ after });
const dist = join(import.meta.dirname, '../../packages/portal/dist');
const get = (path: string, headers: Readonly<Record<string, string>> = {}) =>
  fetch(`${server.baseUrl}${path}`, { headers, redirect: 'manual' });

test('who comes to the server itself is led to the portal, and every address below it is the same page', async () => {
  const first = await get('/');
  assert.deepEqual([first.status, first.headers.get('location')], [302, '/portal/']);
  const pages = await Promise.all(['/portal', '/portal/', '/portal/groups/x?tab=rule'].map((path) => get(path)));
  const texts = await Promise.all(pages.map((page) => page.text()));
  assert.deepEqual(new Set(texts).size, 1);
  assert.match(texts[0] ?? '', /<base href="\/portal\/"/);
  assert.deepEqual(
    pages.map(({ status, headers }) => [status, headers.get('content-type'), headers.get('cache-control')]),
    pages.map(() => [200, 'text/html; charset=utf-8', 'no-cache']),
  );
});

test('a proxy may serve the portal below a path: pages and sign-in know it', async () => {
  const port = await freePort('127.0.0.1');
  const settings = { ALLOT_BASE_URL: 'https://it.example/licenses', ALLOT_PORT: String(port) };
  const { tenantId } = await testServer({ after }, { settings });
  const direct = (path: string) => fetch(`http://127.0.0.1:${port}${path}`, { redirect: 'manual' });
  assert.equal((await direct('/')).headers.get('location'), '/licenses/portal/');
  assert.match(await (await direct('/portal/')).text(), /<base href="\/licenses\/portal\/"/);
  const { baseUrl, signIn } = JSON.parse(await (await direct('/portal/config.json')).text());
  assert.deepEqual(
    [baseUrl, signIn[0].authority],
    ['https://it.example/licenses', `https://it.example/licenses/${tenantId}/v2.0`],
  );
});

test('pages run nothing but their own files, and nobody may frame them', async () => {
  const policy = (await get('/portal/')).headers.get('content-security-policy') ?? '';
  const directives = new Map(
    policy.split('; ').map((part) => [part.split(' ')[0], part.split(' ').slice(1).join(' ')]),
  );
  assert.equal(directives.get('default-src'), "'none'");
  assert.equal(directives.get('script-src'), "'self'");
  assert.equal(directives.get('connect-src'), "'self'");
  assert.equal(directives.get('frame-ancestors'), "'none'");
  assert.doesNotMatch(policy, /unsafe/);
  const page = await (await get('/portal/')).text();
  assert.doesNotMatch(page, /<script(?![^>]* src=)|<style|style="|\son\w+=/i);
});

test('files are sent compressed and kept by browsers; what is not there is not found', async () => {
  const [, file = ''] = /src="\.\/(assets\/[^"]+\.js)"/.exec(await (await get('/portal/')).text()) ?? [];
  const sent = await get(`/portal/${file}`, { 'accept-encoding': 'gzip' });
  assert.deepEqual(
    ['content-encoding', 'cache-control', 'content-type'].map((name) => sent.headers.get(name)),
    ['gzip', 'public, max-age=31536000, immutable', 'application/javascript; charset=utf-8'],
  );
  assert.equal(await sent.text(), gunzipSync(readFileSync(join(dist, `${file}.gz`))).toString('utf8'));
  for (const path of [
    '/portal/assets/none.js',
    '/portal/assets/%2e%2e/%2e%2e/package.json',
    '/portal/assets/..%2findex.html',
  ])
    assert.equal((await get(path)).status, 404, path);
});

test('before anybody signs in, pages learn where one does, of the first organization or of one that is named', async () => {
  const config = JSON.parse(await (await get('/portal/config.json')).text());
  assert.deepEqual(config, {
    baseUrl: server.baseUrl,
    tenantId: server.tenantId,
    organization: config.organization,
    signIn: [
      {
        kind: 'allot',
        authority: `${server.baseUrl}/${server.tenantId}/v2.0`,
        clientId: 'a1107c11-0000-4000-8000-00000000b0a1',
        scope: `openid profile offline_access ${server.baseUrl}/.default`,
      },
    ],
  });
  assert.deepEqual(JSON.parse(await (await get(`/portal/config.json?tenant=${server.tenantId}`)).text()), config);
  const unknown = await get('/portal/config.json?tenant=nobody.example');
  assert.equal(unknown.status, 404);
  assert.match(await unknown.text(), /There is no organization 'nobody\.example' here\./);
});

test('the first page is less than 205 kB of compressed script', () => {
  const chunks: Record<string, Chunk> = JSON.parse(readFileSync(join(dist, 'manifest.json'), 'utf8'));
  const wanted = new Set<string>();
  const add = (name: string) => {
    const chunk = chunks[name];
    assert.ok(chunk, name);
    if (wanted.has(chunk.file)) return;
    wanted.add(chunk.file);
    for (const imported of chunk.imports ?? []) add(imported);
  };
  // What the start page loads besides itself: its own script, and the texts of one language.
  for (const name of ['index.html', 'src/pages/overview/Overview.tsx', 'src/text/en/first-page.ts']) add(name);
  const bytes = [...wanted].reduce((sum, file) => sum + compressedBytes(join(dist, file)), 0);
  assert.ok(bytes < 205_000, `${bytes} bytes in ${wanted.size} files`);
});

/** Of Vite's manifest. */
interface Chunk {
  readonly file: string;
  readonly imports?: readonly string[];
}

function compressedBytes(file: string): number {
  try {
    return statSync(`${file}.br`).size;
  } catch {
    return statSync(file).size;
  }
}
