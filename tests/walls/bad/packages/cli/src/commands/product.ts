// fires eslint(no-restricted-imports): The command line talks HTTP: it imports the contract, commander and csv-parse.
export * from '@allot/server/start';
