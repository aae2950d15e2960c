import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { Times } from '../works.ts';
import type { Task } from './perform.ts';

/** What the process of our side says about a task. */
export type Reply = { readonly times: Times; readonly memoryMbPeak: number } | { readonly failure: string };

export interface OurSide {
  /** @throws Error with the stack of the other process */
  run(task: Task): Promise<{ readonly times: Times; readonly memoryMbPeak: number }>;
  stop(): Promise<void>;
}

/** @param profileDir undefined, or where the process writes a CPU profile when it ends */
export function startOurSide(profileDir: string | undefined): OurSide {
  const execArgv = profileDir === undefined ? [] : ['--cpu-prof', '--cpu-prof-dir', profileDir];
  const child = fork(new URL('./our-program.ts', import.meta.url), { execArgv, stdio: 'inherit' });
  const ended = once(child, 'exit');
  return {
    async run(task) {
      const answer = Promise.race([
        once(child, 'message'),
        ended.then(() => [{ failure: 'The process of our side ended. Its last words are above.' }]),
      ]);
      child.send(task);
      // `as`: our-program.ts sends replies and nothing else.
      const [reply] = (await answer) as [Reply];
      if ('failure' in reply) throw new Error(reply.failure);
      return reply;
    },
    async stop() {
      if (child.connected) child.disconnect();
      await ended;
    },
  };
}
