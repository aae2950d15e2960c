import { DatabaseStartError } from '../start-error.ts';
import { openDataDirectory } from './data-directory.ts';
import { reachSocket, socketName } from './socket-path.ts';
import { serviceRole } from './service-role.ts';
import { addressOf, databaseName } from './start-embedded.ts';
import { access } from 'node:fs/promises';
import { join } from 'node:path';

export type JoinedEmbedded = { readonly databaseUrl: string; release(): Promise<void> };

/**
 * The address of the database that another process keeps running in a data directory, for a worker beside a server.
 *
 * @throws DatabaseStartError `unreachable` when none runs there
 */
export async function joinEmbedded({ dataDir }: { readonly dataDir: string }): Promise<JoinedEmbedded> {
  const data = await openDataDirectory(dataDir);
  try {
    await access(join(data.sockets, socketName));
  } catch {
    throw new DatabaseStartError(
      'unreachable',
      `No server of Allot runs on the data directory ${data.root}. Start one there first, or set DATABASE_URL to the server's database.`,
    );
  }
  const socketPath = await reachSocket(data.sockets);
  return { databaseUrl: addressOf(socketPath, databaseName, serviceRole), release: () => socketPath.remove() };
}
