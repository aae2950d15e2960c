export type { Log } from './log.ts';
export { DatabaseStartError, type DatabaseStartReason } from './start-error.ts';
export { isConcurrencyFailure, isDatabaseUnavailable, isDiskFull, isTenantGone } from './errors.ts';
export { connect, type ConnectOptions, type Database } from './connect.ts';
export { migrate } from './migrate.ts';
export { warnOfExemption } from './exemption.ts';
export { acrossTenants, forTenant } from './tenant-scope.ts';
export { joinEmbedded, type JoinedEmbedded } from './embedded/join-embedded.ts';
export { type Embedded, startEmbedded, type StartEmbeddedOptions } from './embedded/start-embedded.ts';
