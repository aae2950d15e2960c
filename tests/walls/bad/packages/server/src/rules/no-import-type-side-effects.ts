// fires typescript(no-import-type-side-effects)
import { type Readable } from 'node:stream';

export type Input = Readable;
