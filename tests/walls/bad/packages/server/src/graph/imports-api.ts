// fires eslint(no-restricted-imports): The Graph surface asks operations, not its neighbors.
export * from '../api/routes.ts';
