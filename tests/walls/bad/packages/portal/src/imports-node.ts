// fires eslint(no-restricted-imports): The portal runs in a browser.
export { join } from 'node:path';
