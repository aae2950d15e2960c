import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { createOutgoing } from './outgoing.ts';
import { isPrivate } from './private-addresses.ts';

test('addresses of this machine and its network are known in every way to write them', () => {
  for (const address of `127.0.0.1 127.8.9.1 0.0.0.0 10.1.2.3 172.16.0.1 172.31.255.255 192.168.1.1 169.254.169.254 100.64.0.1 198.19.0.1
    224.0.0.1 255.255.255.255 ::1 :: fe80::1 fe80::1%eth0 fd00::1 ff02::1 ::ffff:127.0.0.1 ::ffff:7f00:1 ::ffff:10.0.0.1 ::127.0.0.1
    64:ff9b::7f00:1 64:ff9b::10.0.0.1 not-an-address`.split(/\s+/))
    assert.equal(isPrivate(address), true, address);
  for (const address of '8.8.8.8 172.32.0.1 100.128.0.1 2606:4700::1 ::ffff:8.8.8.8 64:ff9b::808:808'.split(' '))
    assert.equal(isPrivate(address), false, address);
});

test('without the setting neither this machine nor plain http is asked, by address or by name', async () => {
  let asked = 0;
  const server = createServer((_, response) => {
    asked += 1;
    response.end();
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo; // it listens on a port
  const outgoing = createOutgoing({ allowPrivate: false });
  for (const url of [
    `http://127.0.0.1:${port}`,
    `https://127.0.0.1:${port}`,
    `https://localhost:${port}`,
    `https://[::1]:${port}`,
    `https://2130706433:${port}`,
    `https://0x7f.1:${port}`,
    `https://user:password@example.com:${port}`,
    'ftp://example.com',
  ])
    await assert.rejects(outgoing.post({ url: new URL(url), secondsMax: 5 }), url);
  assert.equal(asked, 0);
  const allowed = createOutgoing({ allowPrivate: true });
  const answer = await allowed.post({ url: new URL(`http://127.0.0.1:${port}`), body: '{}', secondsMax: 5 });
  assert.deepEqual([answer.status, asked], [200, 1]);
  server.closeAllConnections();
  server.close();
});
