import { randomUUID } from 'node:crypto';
import { chmod, copyFile, lstat, mkdir, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';

import { listedSymlinks, placeSymlinks } from './package-symlinks.ts';

/**
 * Copies the package's programs, libraries and share files to `copy`, for everybody to read, unless a complete copy
 * is there. The copy appears in one step: two servers may do this at once, and one killed halfway leaves nothing
 * that looks finished.
 *
 * @returns whether this call made the copy
 * @throws Error also when somebody else made what is there: his programs would be run with our data
 */
export async function copyBinaries(packageDirectory: string, copy: string): Promise<boolean> {
  await makeReadableDirectory(dirname(copy));
  const files = await packageFiles(packageDirectory);
  if (await isComplete(packageDirectory, files, copy)) return false;
  const draft = `${copy}.${randomUUID()}`;
  try {
    for (const file of files) await copyReadable(packageDirectory, file, draft);
    await placeSymlinks(packageDirectory, draft);
    await rm(copy, { recursive: true, force: true });
    await rename(draft, copy);
    return true;
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    if (await isComplete(packageDirectory, files, copy)) return false; // another server was faster
    throw error;
  }
}

async function packageFiles(packageDirectory: string): Promise<readonly string[]> {
  const links = new Set((await listedSymlinks(packageDirectory)).map((link) => join(link.target)));
  const entries = await readdir(join(packageDirectory, 'native'), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(packageDirectory.length + 1))
    .filter((file) => !links.has(file) && !file.endsWith('.a'));
}

async function copyReadable(packageDirectory: string, file: string, draft: string): Promise<void> {
  const target = join(draft, file);
  await makeReadableDirectory(dirname(target));
  await copyFile(join(packageDirectory, file), target);
  await chmod(target, file.startsWith(join('native', 'bin') + sep) ? 0o755 : 0o644);
}

/** Makes the directories missing on the way to `path`, readable by everybody whatever our umask is. */
async function makeReadableDirectory(path: string): Promise<void> {
  const first = await mkdir(path, { recursive: true });
  for (let made = path; first !== undefined && made.length >= first.length; made = dirname(made))
    await chmod(made, 0o755);
}

async function isComplete(packageDirectory: string, files: readonly string[], copy: string): Promise<boolean> {
  for (const directory of [dirname(copy), copy]) await refuseStrangers(directory);
  for (const file of files) {
    const [original, copied] = await Promise.all([
      lstat(join(packageDirectory, file)),
      lstat(join(copy, file)).catch(() => undefined),
    ]);
    if (copied === undefined || !copied.isFile() || copied.size !== original.size) return false;
  }
  for (const link of await listedSymlinks(packageDirectory)) {
    if ((await lstat(join(copy, link.target)).catch(() => undefined)) === undefined) return false;
  }
  return true;
}

async function refuseStrangers(directory: string): Promise<void> {
  const found = await lstat(directory).catch(() => undefined);
  if (found === undefined) return;
  if (!found.isDirectory() || found.uid !== process.getuid?.() || (found.mode & 0o022) !== 0) {
    throw new Error(`${directory} belongs to somebody else or can be written by others`);
  }
}
