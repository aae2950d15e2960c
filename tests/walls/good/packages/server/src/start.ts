export * from './graph/imports-operations.ts';
export * from './settings/settings.ts';
export * from '@allot/store';
