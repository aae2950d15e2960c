export * from '../operations/imports-engine-and-store.ts';
export * from 'graphile-worker';
