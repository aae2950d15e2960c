import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { listPath, startsWith } from '../../packages/portal/src/parts/table/list-path.ts';
import { testServer } from '../server.ts';

const server = await testServer({ after });
const eventual = { ConsistencyLevel: 'eventual' };

const filters = [undefined, startsWith(['displayName'], "O'Brien")];
const sorts = [undefined, 'displayName', '-displayName', 'mail', '-mail'];

test('the server answers every list that pages ask for, and counts only those that it would refuse otherwise', async () => {
  for (const collection of ['users', 'groups']) {
    for (const filter of filters) {
      for (const sort of sorts) {
        const path = listPath(`/v1.0/${collection}`, { select: ['id', 'displayName'], filter, sort });
        const { status, body } = await server.call('GET', path, undefined, eventual);
        assert.equal(status, 200, path);
        const isCounted = path.includes('$count=true');
        assert.equal(body['@odata.count'] !== undefined, isCounted, path);
        if (!isCounted) continue;
        const uncounted = await server.call('GET', path.replace('$count=true&', ''), undefined, eventual);
        assert.equal(uncounted.status, 400, `${path} is counted and need not be`);
      }
    }
  }
});
