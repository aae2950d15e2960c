// fires eslint(no-restricted-imports): Import a package by its name.
export * from '../../../store/src/index.ts';
