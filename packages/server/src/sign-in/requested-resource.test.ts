import assert from 'node:assert/strict';
import test from 'node:test';

import { readAddress } from './address.ts';
import { unknownScope } from './requested-resource.ts';

const address = readAddress('https://licenses.example.com:8443/');

function accepted(scope: string, requestHost?: string): void {
  assert.equal(unknownScope(scope, address, requestHost), undefined, scope);
}

test('the scope of this installation is accepted with its port, without, and in any case', () => {
  accepted('https://licenses.example.com:8443/.default');
  accepted('https://licenses.example.com/.default');
  accepted('https://LICENSES.example.com/.default');
  accepted('http://licenses.example.com:8443/.default');
  accepted('https://licenses.example.com:8443//.default');
});

test('the host that the request was sent to is accepted as well', () => {
  accepted('https://10.0.0.7:4000/.default', '10.0.0.7:4000');
  accepted('https://10.0.0.7/.default', '10.0.0.7:4000');
  assert.equal(unknownScope('https://10.0.0.8/.default', address, '10.0.0.7:4000'), 'https://10.0.0.8/.default');
});

test('the scopes of unmodified Graph clients are accepted', () => {
  accepted('https://graph.microsoft.com/.default');
  accepted('https://graph.microsoft.com//.default');
  accepted('00000003-0000-0000-c000-000000000000/.default');
  accepted('https://graph.microsoft.com/.default openid profile offline_access');
  accepted('');
});

test('any other scope is named', () => {
  for (const scope of [
    'User.Read.All',
    '.default',
    '/.default',
    'https://vault.azure.net/.default',
    'api://x/.default',
  ]) {
    assert.equal(unknownScope(`https://graph.microsoft.com/.default ${scope}`, address, undefined), scope);
  }
  const single = 'https://graph.microsoft.com/User.Read.All';
  assert.equal(unknownScope(single, address, undefined), single);
});

test('an installation below a path is meant with and without the path, and no other path is', () => {
  const below = readAddress('https://example.com/allot');
  assert.equal(unknownScope('https://example.com/allot/.default', below, undefined), undefined);
  assert.equal(unknownScope('https://example.com/.default', below, undefined), undefined);
  assert.equal(unknownScope('https://example.com/x/.default', below, undefined), 'https://example.com/x/.default');
});
