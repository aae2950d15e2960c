/**
 * Completes package-lock.json with the optional packages of other platforms.
 *
 *   node tools/complete-lockfile.ts            adds what is missing (after npm install)
 *   node tools/complete-lockfile.ts --check    only says whether something is missing
 *
 * Tools such as oxlint come as one optional package for each platform. npm leaves out of the lockfile those which its
 * registry does not offer or which do not fit the machine it runs on, and then `npm ci` refuses the lockfile (“Missing:
 * … from lock file”). Their versions are pinned by the package that asks for them and their names say the platform,
 * so the entries can be written without asking a registry; they carry no integrity, which npm allows.
 */

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

interface Entry {
  readonly version?: string;
  readonly cpu?: readonly string[];
  readonly dev?: boolean;
  readonly libc?: readonly string[];
  readonly optional?: boolean;
  readonly os?: readonly string[];
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

interface Lock {
  readonly packages: Readonly<Record<string, Entry>>;
}

const file = join(import.meta.dirname, '..', 'package-lock.json');
const systems = ['aix', 'android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony', 'sunos', 'win32'];
const processors = ['arm', 'arm64', 'ia32', 'loong64', 'mips64el', 'ppc64', 'riscv64', 's390x', 'wasm32', 'x64'];

process.exitCode = main(process.argv.includes('--check'));

function main(checkOnly: boolean): number {
  const lock = JSON.parse(readFileSync(file, 'utf8')) as Lock; // npm's format; only entries that are there are read.
  const missing = missingFrom(lock);
  const names = Object.keys(missing).map((path) => path.slice('node_modules/'.length));
  if (names.length === 0) {
    process.stdout.write('package-lock.json is complete\n');
    return 0;
  }
  if (checkOnly) {
    process.stderr.write(`package-lock.json lacks ${names.join(', ')}: run node tools/complete-lockfile.ts\n`);
    return 1;
  }
  const packages = Object.entries({ ...lock.packages, ...missing });
  packages.sort(([one], [other]) => one.localeCompare(other, 'en'));
  writeFileSync(file, `${JSON.stringify({ ...lock, packages: Object.fromEntries(packages) }, null, 2)}\n`);
  process.stdout.write(`package-lock.json: added ${names.join(', ')}\n`);
  return 0;
}

/** The entries to add: what some package asks for as optional and no folder on the way up to the root has. */
function missingFrom({ packages }: Lock): Record<string, Entry> {
  const missing: Record<string, Entry> = {};
  for (const [path, entry] of Object.entries(packages)) {
    for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
      if (foldersAbove(path).some((folder) => `${folder}node_modules/${name}` in packages)) continue;
      missing[`node_modules/${name}`] = entryOf(name, version, entry.dev === true);
    }
  }
  return missing;
}

/** Where Node.js looks for what the package at this path imports, innermost first: `a/node_modules/b` → it, `a/`, ``. */
function foldersAbove(path: string): string[] {
  const folders = path === '' ? [''] : [`${path}/`, ''];
  for (let end = path.lastIndexOf('/node_modules/'); end > 0; end = path.lastIndexOf('/node_modules/', end - 1)) {
    folders.push(`${path.slice(0, end)}/`);
  }
  return folders;
}

/** The properties in npm's own order. */
function entryOf(name: string, version: string, dev: boolean): Entry {
  const words = name.split(/[/-]/);
  const system = systems.find((one) => words.includes(one));
  const processor = processors.find((one) => words.includes(one));
  if (!/^\d+\.\d+\.\d+/.test(version) || system === undefined || processor === undefined) {
    throw new Error(
      `${name}@${version} is missing and its name does not say for which platform it is: add it by hand.`,
    );
  }
  const libc = libcOf(system, words);
  return {
    version,
    cpu: [processor],
    ...(dev ? { dev } : {}),
    ...(libc === undefined ? {} : { libc: [libc] }),
    optional: true,
    os: [system],
  };
}

function libcOf(system: string, words: readonly string[]): 'glibc' | 'musl' | undefined {
  if (system !== 'linux') return undefined;
  if (words.some((word) => word.startsWith('musl'))) return 'musl';
  return words.some((word) => word.startsWith('gnu')) ? 'glibc' : undefined;
}
