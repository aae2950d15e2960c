// fires eslint(no-restricted-imports): The own API asks operations, not its neighbors.
export * from '../graph/routes.ts';
