// fires eslint(no-restricted-imports): The contract imports nothing outside itself.
export * from 'typebox';
