import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';

const root = join(import.meta.dirname, '..', '..');

/** A tool that comes as a package for each platform, of which npm has written one into the lockfile. */
const asking = {
  version: '2.0.0',
  dev: true,
  optionalDependencies: { 'tool-linux-x64-musl': '2.0.0', 'tool-win32-arm64': '2.0.0' },
};
const windows = { version: '2.0.0', integrity: 'sha512-windows', os: ['win32'], cpu: ['arm64'] };
const packages = { '': {}, 'node_modules/tool': asking, 'node_modules/tool/node_modules/tool-win32-arm64': windows };

test('a lockfile that lacks the packages of another platform fails the check and is completed without a registry', () => {
  const tree = mkdtempSync(join(tmpdir(), 'allot-lockfile-'));
  try {
    cpSync(join(root, 'tools', 'complete-lockfile.ts'), join(tree, 'tools', 'complete-lockfile.ts'));
    writeFileSync(join(tree, 'package.json'), '{ "type": "module" }');
    writeFileSync(join(tree, 'package-lock.json'), JSON.stringify({ lockfileVersion: 3, packages }));
    const run = (...args: readonly string[]) =>
      spawnSync(process.execPath, ['tools/complete-lockfile.ts', ...args], { cwd: tree, encoding: 'utf8' });

    const incomplete = run('--check');
    assert.equal(incomplete.status, 1);
    assert.match(incomplete.stderr, /lacks tool-linux-x64-musl: run node tools\/complete-lockfile\.ts/);
    assert.equal(run().status, 0);
    assert.deepEqual(JSON.parse(readFileSync(join(tree, 'package-lock.json'), 'utf8')), {
      lockfileVersion: 3,
      packages: {
        ...packages,
        'node_modules/tool-linux-x64-musl': {
          version: '2.0.0',
          cpu: ['x64'],
          dev: true,
          libc: ['musl'],
          optional: true,
          os: ['linux'],
        },
      },
    });
    assert.equal(run('--check').status, 0);
  } finally {
    rmSync(tree, { recursive: true });
  }
});
