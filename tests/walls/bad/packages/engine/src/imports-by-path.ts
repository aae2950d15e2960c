// fires eslint(no-restricted-imports): Import a package by its name.
export * from '../../contract/src/index.ts';
