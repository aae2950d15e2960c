import { selectTenant } from '@allot/store';
import type { Context } from '../context.ts';

/** For answers that ask the database nothing else: nobody is answered for a tenant that is not there any more, whatever a token says. */
export async function requireTenant({ db, tenantId }: Context): Promise<void> {
  await selectTenant(db, tenantId);
}
