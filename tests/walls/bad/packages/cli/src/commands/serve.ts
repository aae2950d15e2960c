// fires eslint(no-restricted-imports): Of the packages, serve, worker, migrate and tenant may import @allot/server besides the contract.
export * from '@allot/store';
