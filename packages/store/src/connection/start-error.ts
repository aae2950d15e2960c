/**
 * Why the database cannot be used. Every one of them is for the operator, who finds in the message what to do.
 *
 * - `inUse`           another Allot process owns the data directory
 * - `notOurs`         the directory holds something else; nothing in it was touched
 * - `otherVersion`    written by another version of PostgreSQL or of Allot
 * - `noSpace`         the disk is full
 * - `notWritable`     missing permission, or a read-only file system
 * - `notRunnable`     PostgreSQL cannot be started on this machine, or stopped while starting
 * - `unreachable`     the server does not answer, or refuses this user or password
 * - `migrationFailed` a migration was refused; the database is as it was before
 */
export type DatabaseStartReason =
  | 'inUse'
  | 'notOurs'
  | 'otherVersion'
  | 'noSpace'
  | 'notWritable'
  | 'notRunnable'
  | 'unreachable'
  | 'migrationFailed';

/** The database cannot be used; `message` is written for the operator and says what to do next. */
export class DatabaseStartError extends Error {
  readonly reason: DatabaseStartReason;

  constructor(reason: DatabaseStartReason, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'DatabaseStartError';
    this.reason = reason;
  }
}
