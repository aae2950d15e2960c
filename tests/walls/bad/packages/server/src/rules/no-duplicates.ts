// fires import(no-duplicates)
import { join } from 'node:path';
import { sep } from 'node:path';

export const folder = join(sep, 'folder');
