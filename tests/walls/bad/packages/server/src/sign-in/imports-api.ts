// fires eslint(no-restricted-imports): Sign-in comes before the surfaces and does not know them.
export * from '../api/routes.ts';
