import type { Log } from '@allot/store';

/** For what reports and need not be heard. */
export const silentLog: Log = { debug() {}, info() {}, warn() {}, error() {} };
