// fires eslint(no-restricted-imports): Workers ask operations, not the surfaces.
export * from '../graph/routes.ts';
