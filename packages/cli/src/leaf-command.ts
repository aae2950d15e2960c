import { Option } from 'commander';
import type { Command } from 'commander';
import type { Client } from '@allot/contract';
import { connect } from './connection/connect.ts';
import type { ConnectionOptions } from './connection/connect.ts';
import type { Io } from './io.ts';
import type { Format } from './output/column.ts';

export interface CommonOptions extends ConnectionOptions {
  readonly json?: boolean;
  readonly csv?: boolean;
}

/** What every command that asks the server works with. */
export interface Session {
  readonly client: Client;
  readonly format: Format;
  readonly io: Io;
}

export interface LeafText {
  readonly summary: string;
  /** Further sentences of the help. */
  readonly more?: string;
  /** Without the name of the program. */
  readonly examples: readonly string[];
}

/** `nameAndArguments`: as commander writes it, `show <group>`. */
export function leafCommand(parent: Command, nameAndArguments: string, text: LeafText): Command {
  const command = parent.command(nameAndArguments).summary(text.summary).description(describe(text));
  const examples = text.examples.map((example) => `  allot ${example}`);
  return command.addHelpText('after', `\nExamples:\n${examples.join('\n')}`);
}

/** A command that asks the server and prints in any of the formats. */
export function askingCommand(parent: Command, nameAndArguments: string, text: LeafText): Command {
  return leafCommand(parent, nameAndArguments, text)
    .addOption(new Option('--json', 'print JSON').conflicts('csv').helpGroup(commonHeading))
    .addOption(new Option('--csv', 'print CSV (RFC 4180)').helpGroup(commonHeading))
    .addOption(new Option('--server <url>', 'where the server is (ALLOT_BASE_URL)').helpGroup(commonHeading))
    .addOption(new Option('--credentials <file>', 'who asks (ALLOT_CREDENTIALS)').helpGroup(commonHeading));
}

export async function openSession(options: CommonOptions, io: Io): Promise<Session> {
  const format = options.json === true ? 'json' : options.csv === true ? 'csv' : 'table';
  return { client: await connect(options, io), format, io };
}

export const commonHeading = 'Common options:';

const describe = ({ summary, more }: LeafText): string =>
  `${summary.charAt(0).toUpperCase()}${summary.slice(1)}.${more === undefined ? '' : `\n\n${more}`}`;
