import type { Log } from '@allot/store';
import { Logger } from 'graphile-worker';

/** Lets the job queue speak through our log. What it tells at "info" is routine to an operator. */
export const workerLogger = (log: Log): Logger =>
  new Logger((scope) => (level, message, meta) => {
    const details = { ...scope, ...meta };
    if (level === 'error') log.error(details, message);
    else if (level === 'warning') log.warn(details, message);
    else log.debug(details, message);
  });
