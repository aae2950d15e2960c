/** Writes docs/graph-compatibility.md: which routes of Graph are answered, and what is different. */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { graphRoutes } from '../packages/server/src/graph/index.ts';
import { compatibilityPage } from '../tests/graph/compatibility-page.ts';

const page = join(import.meta.dirname, '../docs/graph-compatibility.md');

writeFileSync(page, compatibilityPage(graphRoutes));
process.stdout.write('docs/graph-compatibility.md is written\n');
