import { CommanderError } from 'commander';
import { exitCodes, FailuresReported, tell } from './failure.ts';
import type { ExitCode, Told } from './failure.ts';
import { write } from './io.ts';
import type { Io } from './io.ts';
import { createProgram } from './program.ts';

/** Runs one command line and gives its exit code. `args`: without the names of Node.js and the program. */
export async function run(args: readonly string[], io: Io): Promise<ExitCode> {
  try {
    await createProgram(io).parseAsync([...args], { from: 'user' });
    return exitCodes.fine;
  } catch (error) {
    // Its message, or the help that was asked for, has been printed.
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.fine : exitCodes.usage;
    if (error instanceof FailuresReported) return exitCodes.refused;
    const told = tell(error);
    if (told === undefined) throw error;
    await write(io.err, args.includes('--json') ? asJson(told) : asText(told));
    return told.exitCode;
  }
}

function asText({ message, advice, details }: Told): string {
  const lines = [message, ...details.map((detail) => `  ${detail}`), ...(advice === undefined ? [] : [advice])];
  return `${lines.join('\n')}\n`;
}

/** Shaped like Graph's error body. */
function asJson({ code, message, advice, details }: Told): string {
  const body = {
    code,
    message,
    ...(advice === undefined ? {} : { advice }),
    ...(details.length === 0 ? {} : { details }),
  };
  return `${JSON.stringify({ error: body })}\n`;
}
