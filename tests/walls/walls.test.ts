/**
 * A wall nobody has pushed is a drawing: each rule of .oxlintrc.json has one bad example here, which says on its first
 * line what must fire. The examples lie in trees that look like the repository, because the rules go by path, and are
 * linted in a copy outside of it.
 */

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, sep } from 'node:path';
import { after, test } from 'node:test';

const root = join(import.meta.dirname, '..', '..');
const config = JSON.parse(readFileSync(join(root, '.oxlintrc.json'), 'utf8')) as Config; // Ours, and oxlint checks it.

/** What these tests read of the linter's configuration. */
interface Config {
  readonly rules: Rules;
  readonly overrides: readonly { readonly files: readonly string[]; readonly rules: Rules }[];
}
type Rules = Readonly<Record<string, 'off' | 'error' | readonly unknown[]>>;

/** What they read of a finding of oxlint. Parsing errors and unused directives belong to no rule. */
interface Diagnostic {
  readonly code?: string;
  readonly help?: string;
  readonly message: string;
  readonly filename: string;
}

/** A finding is written `rule`, or `rule: message` where several messages share a rule. */
type Findings = Readonly<Record<string, readonly string[]>>;

/** Too long to be kept: both must fire on one line more than is allowed. */
const tooLong: Findings = {
  'packages/server/src/rules/max-lines.ts': ['eslint(max-lines)'],
  'packages/server/src/rules/max-lines-per-function.ts': ['eslint(max-lines-per-function)'],
};

/** What the configuration says about each thing that it restricts. */
const reasons = config.overrides.flatMap(({ rules }) => messagesOf(rules));

const copies: string[] = [];
after(() => copies.forEach((folder) => rmSync(folder, { recursive: true })));

test('every bad example makes exactly its own rule fire', () => {
  assert.deepEqual(lint(copyOf('bad', writeTooLong)), { ...expectedOfExamples(), ...tooLong });
});

test('no rule fires on the good examples', () => {
  assert.deepEqual(lint(copyOf('good', writeTest)), {});
});

test('the engine is compiled without the types of Node.js and of the browser', () => {
  const copy = copyOf('good', (folder) => {
    writeFileSync(join(folder, 'packages/engine/src/names-node.ts'), 'export const here = process.cwd();\n');
    writeFileSync(join(folder, 'packages/engine/src/names-browser.ts'), 'export const there = location.href;\n');
  });
  const tsc = join(root, 'node_modules', '.bin', 'tsc');
  const { stdout } = spawnSync(tsc, ['--pretty', 'false', '--project', 'packages/engine'], {
    cwd: copy,
    encoding: 'utf8',
  });
  const files = stdout.match(/^[^ (][^(]*(?=\(.*: error )/gm);
  assert.deepEqual(
    files?.toSorted(),
    ['packages/engine/src/names-browser.ts', 'packages/engine/src/names-node.ts'],
    stdout,
  );
});

test('every rule and every forbidden import has a bad example', () => {
  const pushed = new Set(Object.values({ ...expectedOfExamples(), ...tooLong }).flat());
  const untested = wallsOf(config).filter((wall) => !pushed.has(wall));
  assert.deepEqual(untested, []);
});

test('every path with rules about imports has a bad example for each of them', () => {
  const examples = Object.entries(expectedOfExamples());
  for (const { files, rules } of config.overrides) {
    for (const message of messagesOf(rules['eslint/no-restricted-imports'])) {
      const here = examples.some(([file, [finding]]) => matches(file, files) && finding?.endsWith(`: ${message}`));
      assert.ok(here, `no example below ${files.join(', ')} for “${message}”`);
    }
  }
});

function copyOf(tree: 'bad' | 'good', add: (copy: string) => void): string {
  const copy = mkdtempSync(join(tmpdir(), `allot-walls-${tree}-`));
  copies.push(copy);
  cpSync(join(import.meta.dirname, tree), copy, { recursive: true });
  for (const file of ['.oxlintrc.json', 'tsconfig.json', 'package.json', 'packages/engine/tsconfig.json']) {
    cpSync(join(root, file), join(copy, file));
  }
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'), 'dir');
  add(copy);
  return copy;
}

function writeTooLong(copy: string): void {
  const [lines, functionLines] = Object.keys(tooLong).map((file) => join(copy, file));
  assert.ok(lines !== undefined && functionLines !== undefined);
  writeFileSync(lines, `${'\n'.repeat(399)}export const one = 1;\n\n`);
  writeFileSync(functionLines, `export function one(): number {\n${'\n'.repeat(68)}  return 1;\n}\n`);
}

/** Kept as a file it would be taken for one of our own tests. */
function writeTest(copy: string): void {
  const lines = [
    "import assert from 'node:assert/strict';",
    "import { test } from 'node:test';",
    "export * from '@allot/store';",
    "test('a test may import everything', () => assert.equal(process.env['ALLOT_NEVER_SET'], undefined));",
  ];
  writeFileSync(join(copy, 'packages/engine/src/imports-anything.test.ts'), lines.join('\n'));
}

/** Lints a tree as `npm run check` lints the repository; gives the findings by file. */
function lint(folder: string): Findings {
  const oxlint = join(root, 'node_modules', '.bin', 'oxlint');
  const run = spawnSync(oxlint, ['--format', 'json'], { cwd: folder, encoding: 'utf8', maxBuffer: 50_000_000 });
  assert.ok(run.stdout.startsWith('{'), `oxlint did not answer with JSON: ${run.stdout}${run.stderr}`);
  // The shape that oxlint documents; a change of it fails the comparison that follows.
  const { diagnostics } = JSON.parse(run.stdout) as { diagnostics: Diagnostic[] };
  const findings: Record<string, string[]> = {};
  for (const { code = '(no rule)', help, message, filename } of diagnostics) {
    const reason = reasons.find((text) => message.includes(text) || help === text);
    const finding = reason === undefined ? code : `${code}: ${reason}`;
    (findings[filename.split(sep).join('/')] ??= []).push(finding);
  }
  return findings;
}

function expectedOfExamples(): Findings {
  const folder = join(import.meta.dirname, 'bad');
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    files.map((entry) => {
      const file = join(entry.parentPath, entry.name);
      const [first = ''] = readFileSync(file, 'utf8').split('\n');
      assert.match(first, /^\/\/ fires /, `${file} says on its first line what must fire`);
      return [relative(folder, file).split(sep).join('/'), [first.slice('// fires '.length)]];
    }),
  );
}

/** The rules of the configuration, in the form in which findings are written. */
function wallsOf({ rules, overrides }: Config): string[] {
  const all = [rules, ...overrides.map((override) => override.rules)].flatMap((some) => Object.entries(some));
  const walls = all.flatMap(([name, setting]) => {
    if (setting === 'off') return [];
    const code = name.replace(/^(\w+)\/(.+)$/, '$1($2)');
    const messages = messagesOf(setting);
    return messages.length === 0 ? [code] : messages.map((message) => `${code}: ${message}`);
  });
  return [...new Set(walls)];
}

/** The messages in the options of a `no-restricted-…` rule: one for each thing that is restricted. */
function messagesOf(options: unknown): string[] {
  if (typeof options !== 'object' || options === null) return [];
  const own = 'message' in options && typeof options.message === 'string' ? [options.message] : [];
  return [...own, ...Object.values(options).flatMap(messagesOf)];
}

/** Whether one of the globs (`**` at the end and `{one,other}` are all that the configuration uses) names the file. */
function matches(file: string, globs: readonly string[]): boolean {
  return globs.some((glob) => {
    const pattern = glob
      .replaceAll('.', '\\.')
      .replace(/\*\*$/, '.*')
      .replace(/\{(.+)\}/, (_, names: string) => `(${names.replaceAll(',', '|')})`);
    return new RegExp(`^${pattern}$`).test(file);
  });
}
