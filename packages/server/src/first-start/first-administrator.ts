import { type Handle, selectTenant } from '@allot/store';
import { createAccount, createAccountLink, listAccounts } from '../operations/people/accounts.ts';
import { assignRole } from '../operations/people/role-assignments.ts';
import { globalAdministratorId } from '../sign-in/roles.ts';
import { contextOf } from './until-settled.ts';

/**
 * Makes the first local administrator of a tenant where nobody may sign in, and a one-time link for as long as that person has
 * not used one: whoever starts the server may administer it.
 * @returns the path of the link; undefined: somebody has signed in already
 */
export async function inviteFirstAdministrator(db: Handle, tenantId: string): Promise<string | undefined> {
  const ctx = contextOf(db, tenantId);
  const accounts = await listAccounts(ctx);
  if (accounts.some(({ ready }) => ready)) return undefined;
  const [known] = accounts.filter(({ local, enabled }) => local && enabled);
  if (known !== undefined) return (await createAccountLink(ctx, known.id)).linkPath;
  if (accounts.length > 0) return undefined;
  const domain = (await selectTenant(ctx.db, tenantId))?.initialDomain ?? tenantId;
  const account = await createAccount(ctx, { signInName: `admin@${domain}`, displayName: 'Administrator' });
  await assignRole(ctx, { principalId: account.id, roleId: globalAdministratorId, groupId: null });
  return account.linkPath;
}
