#!/usr/bin/env node
import { run } from './run.ts';

// Whoever reads us may have read enough (`allot user list | head`): that is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

const exitCode = await run(process.argv.slice(2), {
  out: process.stdout,
  err: process.stderr,
  in: process.stdin,
  env: process.env,
  folder: process.cwd(),
});

// A server that could not start has set its own.
if (exitCode !== 0) process.exitCode = exitCode;
