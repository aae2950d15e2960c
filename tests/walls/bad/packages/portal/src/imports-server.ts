// fires eslint(no-restricted-imports): The portal talks HTTP: of the packages it imports the contract only.
export * from '@allot/server/start';
