// fires eslint(no-restricted-imports): Of the packages, serve, worker and migrate may import @allot/server besides the contract.
export * from '@allot/store';
