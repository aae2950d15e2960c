import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { graphRoutes } from '../../packages/server/src/graph/index.ts';
import { compatibilityPage } from './compatibility-page.ts';
import { addressOf, furnish } from './furnished.ts';
import { startGraph } from './graph-server.ts';

const graph = await startGraph({ after });
const furniture = await furnish(graph);
const page = join(import.meta.dirname, '../../docs/graph-compatibility.md');

test('docs/graph-compatibility.md is what the table of routes says (node tools/write-graph-compatibility.ts writes it)', () => {
  assert.equal(readFileSync(page, 'utf8'), compatibilityPage(graphRoutes));
});

test('operations have one name in every version, and no two have the same', () => {
  for (const version of ['/v1.0/', '/beta/']) {
    const rows = graphRoutes.filter(({ path, describe }) => path.startsWith(version) && describe.isAlias !== true);
    const names = rows.map(({ describe }) => describe.operation);
    assert.equal(new Set(names).size, names.length);
  }
  for (const { describe, path } of graphRoutes) assert.match(describe.summary, /^[A-Z][^\n|]{5,119}[^.]$/, path);
});

/** A value of each query option of Graph that every route which takes the option understands. */
const options = (path: string): Readonly<Record<string, string>> => ({
  $select: 'id',
  $filter: `${path.includes('roleAssignments') ? 'principalId' : 'id'} eq '99999999-9999-4999-8999-999999999999'`,
  $orderby: path.includes('directoryAudits') ? 'activityDateTime' : 'displayName',
  $top: '1',
  $count: 'true',
  $skiptoken: 'x',
  $expand: path.includes('/users') ? 'manager' : 'members',
  $search: '"displayName:x"',
  $skip: '1',
});

const asked = graphRoutes.filter(({ method, path }) => method === 'GET' && !/^\/[^/]+\/me(?:\/|$)/.test(path));
for (const { path, describe } of asked) {
  test(`GET ${path} takes the query options that the table says, and refuses the others`, async () => {
    for (const [option, value] of Object.entries(options(path))) {
      const address = `${addressOf({ path }, furniture)}?${option}=${encodeURIComponent(value)}`;
      const { status, body } = await graph.call('GET', address, undefined, { consistencylevel: 'eventual' });
      const { code, message } = body['error'] ?? {};
      const taken = describe.query?.includes(option) === true;
      // No route has ever written this token.
      const ofToken =
        option === '$skiptoken'
          ? [400, describe.function === 'delta' ? 'Request_BadRequest' : 'Directory_ExpiredPageToken']
          : [200, undefined];
      const refused = [400, option === '$skip' ? 'Request_BadRequest' : 'Request_UnsupportedQuery'];
      const expected = taken ? ofToken : refused;
      assert.deepEqual([status, code], expected, `${address} ${JSON.stringify(message)}`);
      if (!taken) assert.match(JSON.stringify(message), /Unsupported Query|is not supported/, address);
    }
  });
}
