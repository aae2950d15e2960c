import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';

const root = join(import.meta.dirname, '..', '..');

/** In pieces where the words must not stand here either. */
const bad: Readonly<Record<string, string>> = {
  'docs/host.md': `npm config set registry https://registry.${'npmjs'}.org\n`,
  'docs/path.md': `See ${'/'}home/ann/allot/notes.txt.\n`,
  'docs/spelling.md': `Each user has one licen${'ce'}.\n`,
  'docs/verb.md': `The tenant is organi${'sed'} by country.\n`,
  'package-lock.json': `{\n  "${'resolved'}": "http://mirror.example/left-pad.tgz"\n}\n`,
  'packages/store/src/utils.ts': 'export const one = 1;\n',
  'packages/store/src/reasonless.ts': `// oxlint-${'disable'}-next-line no-console\nexport const one = 1;\n`,
  'packages/store/src/sleeping.test.ts': `import { test } from 'node:test';\ntest.${'skip'}('later', () => {});\n`,
};

const good: Readonly<Record<string, string>> = {
  'docs/text.md':
    'An organization licenses its users; the routes /v1.0/users/{id}/home and /allot/v1/catalogue stay.\n',
  'docs/quotation.md': `Entra says “licen${'ce'}” (sic) here.\n`,
  'package-lock.json': '{\n  "resolved": "packages/cli"\n}\n',
  'packages/store/src/suppressed.ts': '// oxlint-disable-next-line no-console -- the point of it\nconsole.log(1);\n',
  'packages/store/src/running.test.ts': "import { test } from 'node:test';\ntest('now', () => {});\n",
  'data/notes.md': `${'/'}root/of/all\n`,
};

test('each forbidden word is found, once, with its file and line', () => {
  const { status, found } = checkWords(bad);
  assert.deepEqual(found, [
    'docs/host.md:1',
    'docs/path.md:1',
    'docs/spelling.md:1',
    'docs/verb.md:1',
    'package-lock.json:2',
    'packages/store/src/reasonless.ts:1',
    'packages/store/src/sleeping.test.ts:2',
    'packages/store/src/utils.ts',
  ]);
  assert.equal(status, 1);
});

test('nothing is found where the words are allowed', () => {
  assert.deepEqual(checkWords(good), { status: 0, found: [] });
});

/** Runs the check over a tree of these files; gives the places it names, in order. */
function checkWords(files: Readonly<Record<string, string>>): { status: number | null; found: string[] } {
  const tree = mkdtempSync(join(tmpdir(), 'allot-words-'));
  try {
    cpSync(join(root, 'tools', 'check-words.ts'), join(tree, 'tools', 'check-words.ts'));
    for (const [file, content] of Object.entries(files)) {
      mkdirSync(dirname(join(tree, file)), { recursive: true });
      writeFileSync(join(tree, file), content);
    }
    writeFileSync(join(tree, 'package.json'), readFileSync(join(root, 'package.json')));
    const run = spawnSync(process.execPath, ['tools/check-words.ts'], { cwd: tree, encoding: 'utf8' });
    const found = run.stderr.split('\n').flatMap((line) => /^[^\s:]+(?::\d+)?(?=: )/.exec(line) ?? []);
    return { status: run.status, found: found.toSorted() };
  } finally {
    rmSync(tree, { recursive: true });
  }
}
