/** The process in which our side runs, so that its memory can be told from the benchmark's own. */
import { perform, type Task } from './perform.ts';
import type { Reply } from './run-ours.ts';

// `as`: whoever forked this process sends tasks and nothing else (run-ours.ts).
process.on('message', (task) => void answer(task as Task));

async function answer(task: Task): Promise<void> {
  const reply = await perform(task).then(
    (times): Reply => ({ times, memoryMbPeak: process.resourceUsage().maxRSS / 1024 }),
    (error: unknown): Reply => ({ failure: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
  );
  process.send?.(reply);
}
