// fires typescript(consistent-type-imports)
import { Readable } from 'node:stream';

export type Input = Readable;
