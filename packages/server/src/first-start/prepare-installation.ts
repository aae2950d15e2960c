import {
  aloneAtFirstStart,
  findApplication,
  findFirstTenant,
  forTenant,
  type Handle,
  markPrepared,
} from '@allot/store';
import type { Kysely } from 'kysely';
import { createTenant } from '../operations/tenants/create-tenant.ts';
import type { Settings } from '../settings/settings.ts';
import { createFirstApplication } from '../sign-in/index.ts';
import { type Credentials, credentialsFile, readCredentials, writeCredentials } from './credentials.ts';
import { inviteFirstAdministrator } from './first-administrator.ts';
import { fillDemoTenant, readDemoTenant } from './demo-tenant.ts';

export interface Installation {
  readonly tenantId: string;
  readonly displayName: string;
  readonly credentialsFile: string;
  /** Whether this start made the tenant. */
  readonly first: boolean;
  /** Path of the one-time link for the first administrator; undefined: it was used. */
  readonly signInPath: string | undefined;
}

/**
 * Makes the first tenant if there is none, finishes an interrupted first start, and makes sure that the data directory holds
 * credentials for it. Workers must be running: the demo tenant is made by the same path as any other.
 */
export function prepareInstallation(db: Kysely<unknown>, settings: Settings, baseUrl: string): Promise<Installation> {
  return aloneAtFirstStart(db, async () => {
    const found = await findFirstTenant(db);
    const tenant = found ?? (await createFirstTenant(db, settings));
    if (!tenant.prepared) {
      if (settings.demo) await fillDemoTenant(db, tenant.tenantId);
      await markPrepared(forTenant(db, tenant.tenantId), tenant.tenantId);
    }
    await ensureCredentials(db, settings, tenant.tenantId, baseUrl);
    const { tenantId, displayName } = tenant;
    const signInPath = await inviteFirstAdministrator(db, tenantId);
    return { tenantId, displayName, credentialsFile: credentialsFile(settings.data), first: !found, signInPath };
  });
}

async function createFirstTenant(db: Handle, settings: Settings) {
  const tenant = settings.demo
    ? readDemoTenant()
    : {
        displayName: 'My organization',
        initialDomain: 'my-organization.onmicrosoft.example',
        defaultUsageLocation: null,
      };
  const { tenantId } = await createTenant(db, tenant);
  return { tenantId, displayName: tenant.displayName, prepared: false };
}

async function ensureCredentials(db: Handle, settings: Settings, tenantId: string, baseUrl: string): Promise<void> {
  const known = await readCredentials(settings.data);
  if (known?.tenantId === tenantId && (await findApplication(forTenant(db, tenantId), tenantId, known.clientId))) {
    if (known.baseUrl !== baseUrl) await writeCredentials(settings.data, { ...known, baseUrl });
    return;
  }
  const made = await createFirstApplication(db, tenantId, { secret: settings.adminClientSecret });
  const credentials: Credentials = { baseUrl, tenantId, ...made };
  await writeCredentials(settings.data, credentials);
}
