import { type Logger, pino } from 'pino';

/** Where secrets could stand in what is logged: they are replaced. */
const redacted = [
  'req.headers.authorization',
  'headers.authorization',
  'clientSecret',
  'client_secret',
  'access_token',
];

/** JSON lines on standard error, so that standard output is for people. */
export const createLog = (level: string): Logger =>
  pino(
    { level, base: null, redact: { paths: redacted, censor: '[secret]' }, timestamp: pino.stdTimeFunctions.isoTime },
    pino.destination({ dest: 2, sync: true }),
  );
