/**
 * What an error of a statement means, told by its SQLSTATE (or the code of the socket), never by its text.
 * All look through `cause`, because libraries wrap.
 */

/** The database did not answer: gone, shutting down, starting up, out of connections. The statement may or may not have been carried out. */
export function isDatabaseUnavailable(error: unknown): boolean {
  return (
    codesOf(error).some((code) => unavailableCodes.has(code) || code.startsWith('08')) || isBrokenConnection(error)
  );
}

/** Another transaction was in the way (serialization failure, deadlock): the same transaction may succeed when run again. */
export function isConcurrencyFailure(error: unknown): boolean {
  return codesOf(error).some((code) => code === '40001' || code === '40P01');
}

/** The database's disk is full: nothing can be written until the operator makes room. */
export function isDiskFull(error: unknown): boolean {
  return codesOf(error).includes('53100');
}

/** The tenant whom a handle works for (`forTenant`) is not there, or is being deleted. */
export function isTenantGone(error: unknown): boolean {
  return codesOf(error).includes('ALT01');
}

const unavailableCodes: ReadonlySet<string> = new Set([
  '53300', // too many connections
  '57P01', // admin shutdown
  '57P02', // crash shutdown
  '57P03', // cannot connect now: starting up or shutting down
  '57P05', // idle session timeout
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOENT', // the Unix socket is not there
  'ENOTFOUND',
  'EAI_AGAIN',
  'EPIPE',
  'ETIMEDOUT',
]);

// pg gives these three no code.
const brokenConnectionMessages: ReadonlySet<string> = new Set([
  'Connection terminated unexpectedly',
  'Connection terminated',
  'Connection terminated due to connection timeout',
  'timeout exceeded when trying to connect',
  'Client has encountered a connection error and is not queryable',
]);

function isBrokenConnection(error: unknown): boolean {
  return chainOf(error).some((one) => one instanceof Error && brokenConnectionMessages.has(one.message));
}

export function codesOf(error: unknown): readonly string[] {
  return chainOf(error).flatMap((one) =>
    typeof one === 'object' && one !== null && 'code' in one && typeof one.code === 'string' ? [one.code] : [],
  );
}

/** How deep errors may be wrapped in one another before we stop looking. */
const chainLengthMax = 8;

function chainOf(error: unknown): readonly unknown[] {
  const chain: unknown[] = [];
  let one = error;
  while (one !== undefined && one !== null && chain.length < chainLengthMax) {
    chain.push(one);
    // Connecting to a name with several addresses fails with one error that holds the error of each.
    const several: readonly unknown[] = one instanceof AggregateError ? one.errors : [];
    chain.push(...several.slice(0, chainLengthMax));
    one = one instanceof Error ? one.cause : undefined;
  }
  return chain;
}
