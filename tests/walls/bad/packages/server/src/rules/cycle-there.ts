// fires import(no-cycle)
import { back } from './cycle-back.ts';

export const there = (): number => back();
