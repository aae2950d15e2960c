export * from '@allot/contract';
export * from '../operations/imports-engine-and-store.ts';
