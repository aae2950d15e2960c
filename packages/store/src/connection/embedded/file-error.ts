import { DatabaseStartError } from '../start-error.ts';

/** Turns an error of the file system into one that says what to do; everything else is returned as it is. */
export function explainFileError(error: unknown, what: string): unknown {
  if (!(error instanceof Error) || !('code' in error)) return error;
  switch (error.code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return noSpace(what, error);
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new DatabaseStartError(
        'notWritable',
        `Cannot write to ${what}: ${error.message}. ${adviceFor(error)}`,
        error,
      );
    case 'ENOTDIR':
    case 'EEXIST':
      return new DatabaseStartError(
        'notOurs',
        `Cannot use ${what}: it is, or lies below, a file. Name a directory.`,
        error,
      );
    default:
      return error;
  }
}

function adviceFor(error: Error): string {
  if ('syscall' in error && error.syscall === 'chown') {
    return 'This root may not give files to another account, as PostgreSQL needs: start Allot as an ordinary user, give the container the capability CHOWN, or name a directory on a local file system.';
  }
  return `Give user ${process.getuid?.() ?? ''} the right to write there, or name another directory.`;
}

export function noSpace(what: string, cause: unknown): DatabaseStartError {
  return new DatabaseStartError(
    'noSpace',
    `No space is left for ${what}. Make room on that file system (a new database takes about 150 MB) and start again.`,
    cause,
  );
}
