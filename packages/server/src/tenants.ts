import { mkdir, open } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { ApiError } from '@allot/contract';
import { type Database, type ListedTenant, listTenants as listAll } from '@allot/store';
import { type Credentials, readCredentials } from './first-start/credentials.ts';
import { createLog } from './log.ts';
import { openDatabaseBeside } from './open-database.ts';
import { addTenant } from './operations/tenants/add-tenant.ts';
import { deleteTenant as deleteEverything } from './operations/tenants/delete-tenant.ts';
import { findTenant } from './operations/tenants/find-tenant.ts';
import { readSettings, type Settings, type SettingValues } from './settings/settings.ts';
import { createFirstApplication } from './sign-in/index.ts';

export type { ListedTenant } from '@allot/store';

export interface TenantRequest {
  readonly displayName: string;
  readonly initialDomain: string;
  /** ISO 3166 alpha-2, upper case. */
  readonly defaultUsageLocation: string | null;
  /** Where the credentials of its first application go; undefined: credentials-<domain>.json in the data folder. */
  readonly credentialsFile: string | undefined;
}

export interface CreatedTenant {
  readonly tenantId: string;
  readonly displayName: string;
  readonly initialDomain: string;
  readonly defaultUsageLocation: string | null;
  readonly clientId: string;
  /** Mode 0600; the only place where the secret is. */
  readonly credentialsFile: string;
}

/**
 * Adds a tenant to an installation, beside its servers or while none runs.
 * @throws SettingsError, DatabaseStartError, ApiError; nothing is left of the tenant when its credentials cannot be written
 */
export function createTenant(values: SettingValues, request: TenantRequest): Promise<CreatedTenant> {
  return withDatabase(values, async ({ db }, settings) => {
    const { credentialsFile: wanted, ...tenant } = request;
    const file = resolve(wanted ?? join(settings.data, `credentials-${tenant.initialDomain.toLowerCase()}.json`));
    const { tenantId } = await addTenant(db, tenant);
    try {
      const application = await createFirstApplication(db, tenantId);
      await writeNew(file, { baseUrl: await baseUrlOf(settings), tenantId, ...application });
      return { tenantId, ...tenant, clientId: application.clientId, credentialsFile: file };
    } catch (error) {
      await deleteEverything(db, tenantId);
      throw error;
    }
  });
}

/** All tenants of an installation, oldest first. */
export const listTenants = (values: SettingValues): Promise<readonly ListedTenant[]> =>
  withDatabase(values, ({ db }) => listAll(db));

/**
 * Deletes a tenant with everything in it, or finishes that, once `approve` says yes.
 * @param idOrDomain of the tenant
 * @returns the tenant; undefined: it was not approved and nothing happened
 */
export function deleteTenant(
  values: SettingValues,
  idOrDomain: string,
  approve: (tenant: ListedTenant) => Promise<boolean>,
): Promise<ListedTenant | undefined> {
  return withDatabase(values, async ({ db }) => {
    const tenant = await findTenant(db, idOrDomain);
    if (!(await approve(tenant))) return undefined;
    await deleteEverything(db, tenant.tenantId);
    return tenant;
  });
}

async function withDatabase<T>(
  values: SettingValues,
  run: (database: Database, settings: Settings) => Promise<T>,
): Promise<T> {
  const settings = readSettings(values);
  const { database, close } = await openDatabaseBeside(settings, 'allot tenant', createLog(settings.logLevel));
  try {
    return await run(database, settings);
  } finally {
    await close();
  }
}

/** What clients of this installation call it: as set, as its own credentials say, or as a server would call itself by default. */
async function baseUrlOf({ baseUrl, data, port }: Settings): Promise<string> {
  return baseUrl ?? (await readCredentials(data))?.baseUrl ?? `http://localhost:${port}`;
}

/** A file that is there is not replaced: it may be all that somebody has of another tenant. */
async function writeNew(file: string, credentials: Credentials): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const handle = await open(file, 'wx', 0o600).catch((error: unknown) => {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    throw new ApiError(409, 'Request_BadRequest', `There is a file ${file} already. No tenant was made.`, {
      advice: 'Name another file with --credentials-file, or move this one away.',
    });
  });
  try {
    await handle.writeFile(`${JSON.stringify(credentials, null, 2)}\n`);
  } finally {
    await handle.close();
  }
}
