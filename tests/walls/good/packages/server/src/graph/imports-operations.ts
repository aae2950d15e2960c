import type { UserId } from '@allot/engine';
import type { Settings } from '../settings/settings.ts';

export * from '@allot/contract';
export * from '../operations/imports-engine-and-store.ts';
export type Route = readonly [UserId, Settings];
