import { ApiError, ServerUnreachable, SignInRefused } from '@allot/contract';

/** What the shell is told; documented in the help of `allot`. */
export const exitCodes = {
  fine: 0,
  /** The server refused, or something did not work. */
  refused: 1,
  /** The command line cannot be understood. */
  usage: 2,
  /** The server cannot be reached, or does not believe who asks. */
  unreachable: 3,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** A command cannot go on; `advice` is what to do about it. */
export class Failure extends Error {
  override readonly name = 'Failure';
  readonly exitCode: ExitCode;
  readonly advice: string | undefined;

  constructor(message: string, advice?: string, exitCode: ExitCode = exitCodes.refused) {
    super(message);
    this.advice = advice;
    this.exitCode = exitCode;
  }
}

export const usageFailure = (message: string, advice?: string): Failure =>
  new Failure(message, advice, exitCodes.usage);

/** Nothing more to say: every line was printed as it came, and some of them told of a failure. */
export class FailuresReported extends Error {
  override readonly name = 'FailuresReported';
}

/** A command whose exit codes 0 and 1 are its answer could not run. */
export class CouldNotRun extends Error {
  override readonly name = 'CouldNotRun';
  override readonly cause: unknown;

  constructor(cause: unknown) {
    super('the command could not run');
    this.cause = cause;
  }
}

/** How a failure is told: Graph's message, then what to do. Undefined for what nobody should have to expect. */
export interface Told {
  readonly message: string;
  readonly code: string;
  readonly advice: string | undefined;
  readonly details: readonly string[];
  readonly exitCode: ExitCode;
}

export function tell(error: unknown): Told | undefined {
  if (error instanceof CouldNotRun) {
    const told = tell(error.cause);
    return told && { ...told, exitCode: exitCodes.usage };
  }
  if (error instanceof Failure) {
    return { message: error.message, code: 'Failed', advice: error.advice, details: [], exitCode: error.exitCode };
  }
  if (error instanceof ServerUnreachable) {
    const advice = `Start the server (allot serve), or name another one with --server or ALLOT_BASE_URL.${certificateAdvice(error)}`;
    return { message: error.message, code: 'ServerUnreachable', advice, details: [], exitCode: exitCodes.unreachable };
  }
  if (error instanceof SignInRefused) {
    const advice =
      'Check that the credentials file belongs to this server: --credentials or ALLOT_CREDENTIALS names another one.';
    const message = `Not signed in: ${error.message}`;
    return { message, code: 'NotSignedIn', advice, details: [], exitCode: exitCodes.unreachable };
  }
  if (error instanceof ApiError) return tellRefusal(error);
  return undefined;
}

function tellRefusal(error: ApiError): Told {
  const requestId = error.headers?.['request-id'];
  const inTheLog = `The server's log says more about request ${requestId ?? ''}.`;
  return {
    message: error.message,
    code: error.code,
    advice: error.advice ?? (error.status >= 500 && requestId !== undefined ? inTheLog : undefined),
    details: (error.details ?? []).map(({ target, message }) =>
      target === undefined || target === message ? message : `${target}: ${message}`,
    ),
    exitCode: exitCodes.refused,
  };
}

function certificateAdvice(error: Error): string {
  if (!/certificate/i.test(error.message)) return '';
  return ' A certificate of your own authority is believed when NODE_EXTRA_CA_CERTS names the file of that authority.';
}
