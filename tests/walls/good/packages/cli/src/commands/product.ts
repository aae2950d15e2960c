export * from '@allot/contract';
export { Command } from 'commander';
export { parse } from 'csv-parse/sync';
export { readFile } from 'node:fs/promises';
