import type { Settings } from '../settings/settings.ts';

export * from '@allot/engine';
export * from '@allot/store';
export * from '@allot/contract';
export type Scope = Settings;
