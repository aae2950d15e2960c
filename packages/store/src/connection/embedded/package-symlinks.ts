import { lstat, readFile, symlink } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';

/**
 * npm packages cannot hold symbolic links, so the one of PostgreSQL lists them in a file for its install script to
 * make. Where npm ran no scripts this makes them; those that exist are left alone.
 *
 * @param packageDirectory where the list is
 * @param target the package itself or a copy of it
 */
export async function placeSymlinks(packageDirectory: string, target: string): Promise<void> {
  for (const link of await listedSymlinks(packageDirectory)) {
    const path = join(target, link.target);
    if ((await lstat(path).catch(() => undefined)) !== undefined) continue;
    try {
      await symlink(relative(dirname(link.target), link.source), path);
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'EEXIST') continue; // another server was faster
      throw error;
    }
  }
}

type ListedSymlink = {
  /** The file, as a path in the package. */
  readonly source: string;
  /** The link to it. */
  readonly target: string;
};

/** The links the package needs; none on platforms where it has no list. */
export async function listedSymlinks(packageDirectory: string): Promise<readonly ListedSymlink[]> {
  const text = await readFile(join(packageDirectory, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  const list: unknown = JSON.parse(text);
  return Array.isArray(list) ? list.filter(isListedSymlink) : [];
}

function isListedSymlink(entry: unknown): entry is ListedSymlink {
  return (
    typeof entry === 'object' &&
    entry !== null &&
    'source' in entry &&
    typeof entry.source === 'string' &&
    'target' in entry &&
    typeof entry.target === 'string'
  );
}
