import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { advanced, advancedUncounted } from '../../packages/portal/src/api/advanced.ts';
import { listPath, startsWith } from '../../packages/portal/src/parts/table/list-path.ts';
import { testServer } from '../server.ts';

const server = await testServer({ after });

const filters = [undefined, startsWith(['displayName'], "O'Brien")];
const sorts = [undefined, 'displayName', '-displayName', 'mail', '-mail'];

test('the server answers every list that pages ask for and counts none of them, and would refuse those that are advanced if they did not say so', async () => {
  for (const collection of ['users', 'groups']) {
    for (const filter of filters) {
      for (const sort of sorts) {
        const path = listPath(`/v1.0/${collection}`, { select: ['id', 'displayName'], filter, sort });
        const { status, body } = await server.call('GET', path, undefined, advancedUncounted);
        assert.equal(status, 200, path);
        assert.equal(body['@odata.count'], undefined, path);
        if (!path.includes('$count=true')) continue;
        const counted = await server.call('GET', path, undefined, advanced);
        assert.equal(typeof counted.body['@odata.count'], 'number', path);
        const usual = await server.call('GET', path.replace('$count=true&', ''), undefined, advanced);
        assert.equal(usual.status, 400, `${path} says that it is advanced and is not`);
      }
    }
  }
});
