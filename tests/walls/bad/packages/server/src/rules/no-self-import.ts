// fires import(no-self-import)
import { two } from './no-self-import.ts';

export const two = 2;
export const four = (): number => two + two;
