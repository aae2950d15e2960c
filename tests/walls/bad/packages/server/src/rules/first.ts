// fires import(first)
export const one = 1;
import { join } from 'node:path';

export const folder = join('a', 'b');
