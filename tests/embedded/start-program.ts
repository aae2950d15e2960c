import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** What this needs to know of a test: its `t`. */
export type Test = { after(cleanUp: () => Promise<void>): void };

/** A process running `embedded-program.ts`. */
export type Program = {
  readonly child: ChildProcess;
  readonly pid: number;
  /** The next line it says. @throws Error when it ends instead */
  next(): Promise<unknown>;
  /** Runs a statement in it; its first row. */
  query(statement: string): Promise<unknown>;
  /** Ends it in order. */
  stop(): Promise<void>;
  /** Kills it with SIGKILL, as a machine short of memory does. */
  kill(): Promise<void>;
};

/** Starts the program, in a process group of its own like a command in a terminal; killed after the test if it is still there. */
export function startProgram(
  t: Test,
  dataDir: string,
  script = join(import.meta.dirname, 'embedded-program.ts'),
): Program {
  const child = spawn(process.execPath, [script, dataDir], { stdio: ['pipe', 'pipe', 'pipe'], detached: true });
  const ended = once(child, 'close');
  let errors = '';
  child.stderr.on('data', (part: Buffer) => {
    errors += part.toString();
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const end = async (): Promise<void> => {
    child.kill('SIGKILL');
    await ended;
  };
  t.after(end);
  const next = async (): Promise<unknown> => {
    const line = await lines.next();
    if (line.done === true) throw new Error(`The program ended: ${errors}`);
    return JSON.parse(line.value);
  };
  return {
    child,
    pid: child.pid ?? 0,
    next,
    query(statement) {
      child.stdin.write(`${statement}\n`);
      return next();
    },
    async stop() {
      child.stdin.end();
      await ended;
    },
    kill: end,
  };
}
