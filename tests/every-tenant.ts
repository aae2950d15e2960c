/**
 * The same address for connections that see the rows of all tenants without saying so in a statement: what tests prepare and look
 * at by themselves. Servers and workers that a test starts get the address without.
 */
export function everyTenant(databaseUrl: string): string {
  const url = new URL(databaseUrl);
  url.searchParams.set('options', '-c allot.tenant_id=all');
  return url.href;
}
