// fires eslint(no-restricted-imports): The engine imports nothing outside itself: what it needs comes in as a value.
export { readFile } from 'node:fs/promises';
