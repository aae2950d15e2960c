import { chmod, mkdir, readdir, readFile, realpath, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

import { DatabaseStartError } from '../start-error.ts';
import { explainFileError } from './file-error.ts';

/** What is where in a data directory. All paths are absolute. */
export type DataDirectory = {
  readonly root: string;
  /** Says which process uses the directory. */
  readonly ownerFile: string;
  /** Belongs to the account PostgreSQL runs as, with everything in it. */
  readonly postgres: string;
  readonly cluster: string;
  /** A cluster being made; becomes `cluster` when it is complete. */
  readonly clusterUnfinished: string;
  readonly sockets: string;
};

/**
 * Makes `path` a data directory of ours, or recognizes that it is one by its marker file.
 *
 * @throws DatabaseStartError `notOurs` (nothing was touched), `otherVersion`, `notWritable`, `noSpace`
 */
export async function openDataDirectory(path: string): Promise<DataDirectory> {
  const wanted = resolve(path);
  try {
    await mkdir(wanted, { recursive: true, mode: 0o700 });
    const root = await realpath(wanted);
    const files = (await readdir(root)).filter((file) => !madeByFileSystems.has(file));
    if (files.includes(markerFile)) await checkMarker(root);
    else if (files.length === 0) await placeMarker(root);
    else throw notOurs(root, files);
    return layout(root);
  } catch (error) {
    throw explainFileError(error, `the data directory ${wanted}`);
  }
}

const markerFile = 'allot-data.json';

/** One more whenever the layout of the directory changes so that older versions must not touch it. */
const layoutVersion = 1;

// The root of a fresh volume is not quite empty.
const madeByFileSystems: ReadonlySet<string> = new Set(['lost+found', '.DS_Store']);

function layout(root: string): DataDirectory {
  const postgres = join(root, 'postgres');
  return {
    root,
    ownerFile: join(root, 'owner.json'),
    postgres,
    cluster: join(postgres, 'cluster'),
    clusterUnfinished: join(postgres, 'cluster.unfinished'),
    sockets: join(postgres, 'run'),
  };
}

async function placeMarker(root: string): Promise<void> {
  // Nobody else may pass through: whoever reaches the socket inside may be the database's superuser.
  await chmod(root, 0o700);
  const marker = {
    this: 'is a data directory of Allot',
    layout: layoutVersion,
    createdDateTime: new Date().toISOString(),
  };
  await writeFile(join(root, markerFile), `${JSON.stringify(marker, null, 2)}\n`, { mode: 0o600 });
}

async function checkMarker(root: string): Promise<void> {
  const text = await readFile(join(root, markerFile), 'utf8');
  const found = /"layout": *(\d+)/.exec(text)?.[1];
  // Two servers starting at once: the other has made the file and not yet written it.
  if (text === '' || Number(found) === layoutVersion) return;
  throw new DatabaseStartError(
    'otherVersion',
    `The data directory ${root} has layout ${found ?? 'unknown'}; this version of Allot knows layout ${layoutVersion}. Start the version that made it, or a later one.`,
  );
}

function notOurs(root: string, files: readonly string[]): DatabaseStartError {
  const shown = files.slice(0, 3).join(', ') + (files.length > 3 ? ', …' : '');
  return new DatabaseStartError(
    'notOurs',
    `${root} is not a data directory of Allot: it holds other files (${shown}) and no ${markerFile}. Nothing was touched. Name an empty or new directory, or the one used before.`,
  );
}
