// fires eslint(no-restricted-imports): An operation does not know who asks: nothing of graph, api or workers.
export * from '../../api/routes.ts';
