import { execFile } from 'node:child_process';
import { mkdtemp, rm, statfs, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { TestScope } from '../database.ts';

/** A file system of its own, small enough to be filled. */
export interface SmallDisk {
  readonly folder: string;
  /** Leaves nothing free but so many bytes. */
  fill(bytesLeft: number): Promise<void>;
  free(): Promise<void>;
}

const run = promisify(execFile);

/** undefined where we may not mount one. */
export async function mountSmallDisk(scope: TestScope, megabytes: number): Promise<SmallDisk | undefined> {
  const folder = await mkdtemp(join(tmpdir(), 'allot-disk-'));
  const mounted = await run('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=700`, 'allot-test', folder]).catch(
    () => undefined,
  );
  scope.after(async () => {
    if (mounted !== undefined) await run('umount', [folder]);
    await rm(folder, { recursive: true, force: true });
  });
  if (mounted === undefined) return undefined;
  const filler = join(folder, 'filler');
  return {
    folder,
    fill: async (bytesLeft) => {
      const { bavail, bsize } = await statfs(folder);
      await writeFile(filler, Buffer.alloc(Math.max(0, Number(bavail) * Number(bsize) - bytesLeft), 1));
    },
    free: () => rm(filler),
  };
}
