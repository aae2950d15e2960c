import type { Log } from '@allot/store';
import type { BenchServer } from '../server.ts';
import { specOf, Templates } from '../tenant/make-template.ts';
import { fillAttributes } from './fill-attributes.ts';

/**
 * The licensed organization of the other benchmarks, whose users also have all kinds of attributes.
 * @returns the name of its database
 */
export async function makeDirectory(server: BenchServer, users: number, log: Log): Promise<string> {
  const name = `lists_${users}`;
  if (await server.has(name)) return name;
  const templates = new Templates(server, log, (sentence) => process.stderr.write(`${sentence}\n`));
  const template = await templates.get(specOf('organization', 'license-all', users, false));
  await server.clone(template.name, name);
  await server.use(name, async ({ pool }) => {
    await fillAttributes(pool, users);
    await pool.query('vacuum (full, analyze)');
    // A full one leaves no map of what everybody sees, which counting by an index needs.
    await pool.query('vacuum');
  });
  return name;
}
