/** Writes docs/rules.md: which scenario shows which rule, and where it runs. */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readScenarios } from '../tests/scenarios/read-scenarios.ts';
import { rulesPage } from '../tests/scenarios/rules-page.ts';

const page = join(import.meta.dirname, '../docs/rules.md');

writeFileSync(page, rulesPage(readScenarios()));
process.stdout.write('docs/rules.md is written\n');
