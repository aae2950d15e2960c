export * from '@allot/store';

console.log(process.env['DATABASE_URL']);
