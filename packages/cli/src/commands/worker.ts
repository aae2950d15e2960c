import type { Command } from 'commander';
import type { Io } from '../io.ts';
import { leafCommand } from '../leaf-command.ts';
import { readSettings, runProcess, settingOptions } from './server-settings.ts';

export function workerCommand(program: Command, io: Io): void {
  const command = leafCommand(program, 'worker', {
    summary: 'run a background worker beside the server, on this host or another',
    more: 'Any number may run on the same database. It stops at SIGTERM or SIGINT, after the change in hand.',
    examples: ['worker --database-url postgres://allot@db.example.com/allot'],
  });
  settingOptions(command, ['data', 'databaseUrl', 'baseUrl', 'notifyPrivate']).action(
    async (options: Readonly<Record<string, unknown>>) => {
      // Only now: every other command should start without loading a server.
      const { runWorker } = await import('@allot/server/worker');
      await runProcess(() => runWorker(readSettings(options, io)));
    },
  );
}
