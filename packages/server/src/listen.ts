import { createServer } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { SettingsError } from './settings/settings.ts';

/**
 * Begins to take requests.
 * @throws SettingsError when host or port cannot be had
 */
export async function listen(app: FastifyInstance, host: string, port: number): Promise<void> {
  try {
    await app.listen({ host, port });
  } catch (error) {
    throw error instanceof Error ? explained(error, host, port) : error;
  }
}

/** Tokens name the server's address, so the port must be known before the routes are made. */
export const freePort = (host: string): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer().once('error', (error) => reject(explained(error, host, 0)));
    probe.listen(0, host, () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });

function explained(error: Error, host: string, port: number): Error {
  const code = 'code' in error ? error.code : undefined;
  const instead = 'or leave it out for 127.0.0.1.';
  switch (code) {
    case 'EADDRINUSE':
      return new SettingsError(
        `Port ${port} on ${host} is in use. Stop what uses it, or choose another with ALLOT_PORT.`,
      );
    case 'EACCES':
      return new SettingsError(
        `This user may not use port ${port} on ${host}. Choose one from 1024 up with ALLOT_PORT.`,
      );
    case 'EADDRNOTAVAIL':
      return new SettingsError(`${host} is not an address of this machine. Set ALLOT_HOST to one, ${instead}`);
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return new SettingsError(
        `The host name ${host} is not known. Set ALLOT_HOST to a name or address of this machine, ${instead}`,
      );
    default:
      return error;
  }
}
