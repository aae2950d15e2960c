// fires eslint(no-restricted-imports): The engine imports nothing outside itself: what it needs comes in as a value.
export const loading = import('@allot/contract');
