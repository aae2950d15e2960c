import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A directory by whose name the socket can be reached. */
export type SocketPath = { readonly directory: string; remove(): Promise<void> };

/**
 * The kernel takes a socket's path only up to about a hundred bytes. A longer one is reached through a link in a
 * private temporary directory; PostgreSQL itself names the socket relative to where it works.
 */
export async function reachSocket(sockets: string): Promise<SocketPath> {
  if (Buffer.byteLength(join(sockets, socketName)) <= socketPathBytesMax)
    return { directory: sockets, remove: async () => undefined };
  const short = await mkdtemp(join(tmpdir(), 'allot-'));
  await symlink(sockets, join(short, 's'));
  return { directory: join(short, 's'), remove: () => rm(short, { recursive: true, force: true }) };
}

export const socketName = '.s.PGSQL.5432';

// 107 on Linux, 103 on macOS.
const socketPathBytesMax = 103;
