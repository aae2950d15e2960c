import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { resourceTypes } from '@allot/contract';
import { graphRoutes } from '../../packages/server/src/graph/index.ts';
import { startGraph, textOf } from './graph-server.ts';

const graph = await startGraph({ after });
const nobody = { authorization: '' };

const read = async (version: string): Promise<string> =>
  textOf((await graph.call('GET', `/${version}/$metadata`, undefined, nobody)).body['text']);

/** Elements in the order in which they begin, each with the names of those around it. @throws where XML is not well-formed */
function elementsOf(xml: string) {
  const open: string[] = [];
  const elements: { readonly name: string; readonly path: string; readonly attributes: ReadonlyMap<string, string> }[] =
    [];
  for (const [whole, end, name = '', attributes = '', empty] of xml.matchAll(
    /<(\/?)([\w:]+)((?:\s+[\w:]+="[^"<]*")*)\s*(\/?)>/g,
  )) {
    if (end === '/') assert.equal(open.pop(), name, whole);
    else {
      const pairs = [...attributes.matchAll(/([\w:]+)="([^"]*)"/g)].map(
        ([, key = '', value = '']) => [key, value] as const,
      );
      elements.push({ name, path: open.join('/'), attributes: new Map(pairs) });
      if (empty !== '/') open.push(name);
    }
  }
  assert.deepEqual(open, []);
  assert.doesNotMatch(xml.replaceAll(/<\/?[\w:]+(?:\s+[\w:]+="[^"<]*")*\s*\/?>/g, '').replace(/^<\?.*\?>/, ''), /\S/);
  return elements;
}

for (const version of ['v1.0', 'beta'] as const) {
  test(`the metadata of ${version} is well-formed, read without a token, and names no type that it does not declare`, async () => {
    const answer = await graph.call('GET', `/${version}/$metadata`, undefined, nobody);
    assert.deepEqual([answer.status, answer.headers['content-type']], [200, 'application/xml; charset=utf-8']);
    const elements = elementsOf(await read(version));
    const declared = elements
      .filter(({ name }) => name === 'EntityType' || name === 'ComplexType')
      .map(({ attributes }) => attributes.get('Name') ?? '');
    assert.equal(new Set(declared).size, declared.length);
    const named = elements.flatMap(({ attributes }) =>
      ['Type', 'BaseType', 'EntityType'].flatMap((key) => /graph\.(\w+)/.exec(attributes.get(key) ?? '')?.[1] ?? []),
    );
    for (const type of named) assert.ok(declared.includes(type), type);
    const roots = ['directory', 'auditLogRoot', 'organization', 'subscribedSku'];
    for (const type of declared) assert.ok(named.includes(type) || roots.includes(type), `${type} is used nowhere`);
  });

  test(`the metadata of ${version} has every relation and action of the table of routes, and no other`, async () => {
    const elements = elementsOf(await read(version));
    const namesOf = (element: string) =>
      new Set(elements.filter(({ name }) => name === element).map(({ attributes }) => attributes.get('Name')));
    const rows = graphRoutes.filter(
      ({ path, describe }) =>
        path.startsWith(`/${version}/`) && !/\/(?:\$batch$|roleManagement\/)/.test(path) && describe.isAlias !== true,
    );
    const segments = rows.map(({ path }) => path.split('/').slice(2));
    const actions = new Set(rows.flatMap(({ describe }) => describe.action ?? []));
    assert.deepEqual(namesOf('Action'), actions);
    const functions = new Set(rows.flatMap(({ describe }) => describe.function ?? []));
    assert.deepEqual(namesOf('Function'), functions);
    const isRelation = (segment: string) =>
      /^[a-z]+$/i.test(segment) && !actions.has(segment) && !functions.has(segment);
    const roots = new Set(segments.map(([root = '']) => root));
    assert.deepEqual(new Set([...namesOf('EntitySet'), ...namesOf('Singleton')]), roots);
    const relations = new Set(segments.flatMap((parts) => parts.slice(1).filter(isRelation)));
    assert.deepEqual(namesOf('NavigationProperty'), relations);
  });

  test(`the metadata of ${version} has the properties of users and groups that the table of properties has`, async () => {
    const xml = await read(version);
    for (const name of ['user', 'group']) {
      const type = resourceTypes.find((one) => one.name === name);
      const own = new RegExp(`<EntityType Name="${name}"[^>]*>(.*?)</EntityType>`, 's').exec(xml)?.[1] ?? '';
      const written = [...own.matchAll(/<Property Name="(\w+)"/g)].map(([, property]) => property);
      const beta = version === 'beta' ? (type?.betaProperties ?? []) : [];
      const expected = [...(type?.properties ?? []), ...beta].map((property) => property.name);
      assert.deepEqual(
        written,
        expected.filter((property) => property !== 'id' && property !== 'deletedDateTime'),
      );
    }
  });

  test(`the service document of ${version} lists its sets, on the host that was asked`, async () => {
    const forwarded = { forwarded: 'host=outer.example;proto=https', ...nobody };
    for (const path of [`/${version}`, `/${version}/`]) {
      const { status, body } = await graph.call('GET', path, undefined, forwarded);
      assert.deepEqual([status, body['@odata.context']], [200, `https://outer.example/${version}/$metadata`]);
      const roots = new Set(
        graphRoutes
          .map((route) => route.path.split('/')[2])
          .filter((root) => root !== '$batch' && root !== 'roleManagement' && root !== 'me'),
      );
      const listed = JSON.stringify(body['value']);
      for (const root of roots) assert.ok(listed.includes(`"url":"${root}"`), root);
    }
  });
}

test('the OpenAPI documents are read without a token, and name the host that was asked', async () => {
  for (const version of ['v1.0', 'beta']) {
    const forwarded = { forwarded: 'host=outer.example;proto=https', ...nobody };
    const { status, body } = await graph.call('GET', `/${version}/openapi.json`, undefined, forwarded);
    assert.deepEqual([status, body['openapi'], body['servers']], [200, '3.1.0', [{ url: 'https://outer.example' }]]);
  }
});

test('documents are only read', async () => {
  for (const path of ['/v1.0/$metadata', '/beta', '/v1.0/%24metadata']) {
    const { status, headers } = await graph.call('POST', path, {});
    assert.deepEqual([status, headers['allow']], [405, 'GET'], path);
    assert.equal((await graph.call('HEAD', path, undefined, nobody)).status, 200);
  }
});
