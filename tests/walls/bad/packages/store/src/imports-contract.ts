// fires eslint(no-restricted-imports): The store imports the engine, PostgreSQL's libraries and Node.js, nothing else.
export * from '@allot/contract';
