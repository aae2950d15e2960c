// fires eslint(no-restricted-imports): This layer does not see SQL: ask an operation.
export * from '@allot/store';
