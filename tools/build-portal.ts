/** Builds the portal's pages, if they changed: what `npm start` and `npm test` do before anything else. */
import { buildPortal } from '../packages/portal/build/build-portal.ts';

if (await buildPortal()) process.stderr.write('Allot: built the pages of the portal.\n');
