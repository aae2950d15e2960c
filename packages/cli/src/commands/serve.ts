import type { Command } from 'commander';
import { calledAs, type Io, terminalColumns } from '../io.ts';
import { leafCommand } from '../leaf-command.ts';
import { summaryText } from '../summary-text.ts';
import { readSettings, settingOptions } from './server-settings.ts';

export function serveCommand(program: Command, io: Io): void {
  const command = leafCommand(program, 'serve', {
    summary: 'start the server: database, workers and everything they need',
    more: 'The first start makes the tenant and writes credentials.json into the data folder. It stops at SIGTERM or SIGINT.',
    examples: [
      'serve',
      'serve --port 8080 --data /var/lib/allot --demo off',
      'serve --host 0.0.0.0 --base-url https://licenses.example.com --tls-cert cert.pem --tls-key key.pem',
    ],
  });
  settingOptions(command).action(async (options: Readonly<Record<string, unknown>>) => {
    // Only now: every other command should start without loading a server.
    const { serve } = await import('@allot/server/start');
    await serve(readSettings(options, io), ({ summary, baseUrl, installation }) => {
      const place = { allot: calledAs(io.env), baseUrl, terminalColumns: terminalColumns(io.out) };
      const { credentialsFile, signInPath } = installation;
      const link =
        signInPath === undefined ? '' : `Sign in for the first time, within a day: ${baseUrl}${signInPath}\n`;
      return `\n${summaryText(summary, place)}\n${link}Credentials of the first application: ${credentialsFile}\nStop with Ctrl-C.\n`;
    });
  });
}
