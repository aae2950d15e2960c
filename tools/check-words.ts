/**
 * Fails on what must not stand in the tree and no linter looks for. Every finding says where, what, and what to do.
 */

import { readdirSync, readFileSync } from 'node:fs';
import { basename, join, relative, sep } from 'node:path';

interface Rule {
  readonly files: RegExp;
  readonly pattern: RegExp;
  readonly advice: string;
}

const root = join(import.meta.dirname, '..');

/** Not part of the tree: what npm, git, the product and the benchmark put there. */
const foldersSkipped = ['node_modules', '.git', 'data', 'tmp', 'bench/results'];

/** A longer file is data; its words are not ours. */
const fileBytesMax = 1_000_000;

/** In pieces, so that this file does not contain what it looks for. */
const registryHosts = [
  ['registry', 'npmjs', 'org'],
  ['npmjs', 'com'],
  ['yarnpkg', 'com'],
  ['npmmirror', 'com'],
  ['npm', 'pkg', 'github', 'com'],
  ['unpkg', 'com'],
  ['jsdelivr', 'net'],
  ['pypi', 'org'],
  ['crates', 'io'],
  ['proxy', 'golang', 'org'],
];
const britishSpellings = ['licen' + 'ce', 'behavi' + 'our', 'col' + 'our', 'organi' + 's', 'seriali' + 's'];
const text = /\.(ts|tsx|mjs|md|sql|json|ya?ml|sh|css|html)$|(^|\/)(run|\.npmrc|\.gitignore)$/;
/** English; the portal's texts in other languages spell as these do. */
const english = new RegExp(`^(?!.*/text/(?:fr|nl|zh-hant)/).*(?:${text.source})`);
const code = /\.(ts|tsx|mjs)$/;

const rules: readonly Rule[] = [
  {
    files: text,
    pattern: new RegExp(registryHosts.map((parts) => parts.join('\\.')).join('|'), 'i'),
    advice: 'the host of a package registry; which one is used is decided where npm runs',
  },
  {
    files: text,
    pattern: /(?<![\w.}])\/(?:work|root|home)\/[\w.-]+/,
    advice: 'a path of one machine; make it relative to the repository, or take it from the environment',
  },
  {
    files: english,
    pattern: new RegExp(`^(?!.*\\(sic\\)).*?(?:${britishSpellings.join('|')}(?!m))`, 'i'),
    advice: 'British spelling; write it the American way, or (sic) beside it when it is a quotation',
  },
  {
    files: /(^|\/)package-lock\.json$/,
    pattern: /"resolved": "http/,
    advice:
      'an address of one registry; .npmrc has omit-lockfile-registry-resolved, so run npm install again in this folder',
  },
  {
    files: code,
    pattern: /(?:(?:ox|es)lint-disable|@ts-expect-erro[r]|biome-ignor[e])(?!.*(?: -- |: )\w)/,
    advice: 'a suppressed warning gives its reason on the same line: … -- why',
  },
  {
    files: /\.test\.ts$/,
    pattern: /\b(?:test|it|describe|suite)\.(?:skip|todo|only)\b|\bskip: true\b/,
    advice: 'a test that does not run; repair it or remove it',
  },
];

/** Such a file becomes everybody's drawer. What it would hold belongs to the thing it helps. */
const drawers =
  /^(?:utils?|helpers?|common|shared|misc|managers?)\b.*\.(?:ts|tsx|mjs)$|-(?:utils?|helpers?|manager)\.\w+$/;

const findings = [...filesBelow(root)].flatMap(check);
for (const finding of findings) process.stderr.write(`${finding}\n`);
process.stdout.write(`${findings.length} findings\n`);
process.exitCode = findings.length === 0 ? 0 : 1;

function* filesBelow(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (foldersSkipped.some((skipped) => entry.name === skipped || inRepository(path) === skipped)) continue;
    if (entry.isDirectory()) yield* filesBelow(path);
    else if (entry.isFile()) yield path;
  }
}

function check(path: string): string[] {
  const file = inRepository(path);
  const named = drawers.test(basename(file))
    ? [`${file}: name the file after what it does, or move its parts there`]
    : [];
  const wanted = rules.filter(({ files }) => files.test(file));
  // The examples of tests/walls break rules by design.
  if (wanted.length === 0 || file.startsWith('tests/walls/bad/')) return named;
  const content = readFileSync(path, 'utf8');
  if (content.length > fileBytesMax) return named;
  return [...named, ...content.split('\n').flatMap((line, index) => checkLine(`${file}:${index + 1}`, line, wanted))];
}

function checkLine(place: string, line: string, wanted: readonly Rule[]): string[] {
  return wanted.flatMap(({ pattern, advice }) => {
    const found = pattern.exec(line);
    return found === null ? [] : [`${place}: “${found[0].trim().slice(-60)}”: ${advice}`];
  });
}

function inRepository(path: string): string {
  return relative(root, path).split(sep).join('/');
}
