import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';

const made: string[] = [];

// After all tests of the file and their own hooks, when nothing runs in there any more.
after(async () => {
  for (const directory of made) await rm(directory, { recursive: true, force: true });
});

/** A directory that only we may pass, as a home or a checkout often is; removed after the tests of the file. */
export async function temporaryDirectory(): Promise<string> {
  const directory = await realpath(await mkdtemp(join(tmpdir(), 'allot-embedded-')));
  made.push(directory);
  return directory;
}
