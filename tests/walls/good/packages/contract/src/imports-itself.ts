export type { ErrorCode } from './errors.ts';
