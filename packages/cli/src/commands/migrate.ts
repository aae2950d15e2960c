import type { Command } from 'commander';
import type { Io } from '../io.ts';
import { leafCommand } from '../leaf-command.ts';
import { readSettings, runProcess, settingOptions } from './server-settings.ts';

export function migrateCommand(program: Command, io: Io): void {
  const command = leafCommand(program, 'migrate', {
    summary: 'bring the database to the schema of this version, and stop',
    more: 'The server does the same when it starts; this is for installations that want it as a step of its own.',
    examples: ['migrate --database-url postgres://allot@db.example.com/allot'],
  });
  settingOptions(command, ['data', 'databaseUrl']).action(async (options: Readonly<Record<string, unknown>>) => {
    // Only now: every other command should start without loading a server.
    const { migrate } = await import('@allot/server/migrate');
    await runProcess(() => migrate(readSettings(options, io)));
  });
}
