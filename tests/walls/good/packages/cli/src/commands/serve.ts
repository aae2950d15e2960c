export * from '@allot/server/start';
export { Command } from 'commander';

console.log(process.env['ALLOT_PORT']);
