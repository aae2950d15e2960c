import { ApiError, badRequest } from '@allot/contract';
import { forTenant, type Handle, isDomainTaken, markPrepared } from '@allot/store';
import { createTenant, type NewTenant } from './create-tenant.ts';

const DISPLAY_NAME_LENGTH_MAX = 256;
const DOMAIN_LENGTH_MAX = 253;

/**
 * Adds a tenant to the installation, empty but for the built-in catalogue.
 * @throws ApiError 400 for what no tenant can be called, 409 when another one has the domain
 */
export async function addTenant(
  db: Handle,
  tenant: Omit<NewTenant, 'tenantId'>,
): Promise<{ readonly tenantId: string }> {
  refuseBadNames(tenant);
  try {
    const { tenantId } = await createTenant(db, tenant);
    // Nothing is left to a first start, which would fill it with the demo.
    await markPrepared(forTenant(db, tenantId), tenantId);
    return { tenantId };
  } catch (error) {
    if (!isDomainTaken(error)) throw error;
    throw new ApiError(409, 'Request_BadRequest', `Another tenant has the domain '${tenant.initialDomain}'.`, {
      advice:
        'Choose another domain, or see allot tenant list: one that is being deleted keeps its domain until it is gone.',
    });
  }
}

function refuseBadNames({ displayName, initialDomain, defaultUsageLocation }: Omit<NewTenant, 'tenantId'>): void {
  if (displayName.trim() === '' || displayName.length > DISPLAY_NAME_LENGTH_MAX || controlCharacter.test(displayName)) {
    throw badRequest(`A display name is one line of 1 to ${DISPLAY_NAME_LENGTH_MAX} characters.`, 'Give another one.');
  }
  if (!domain.test(initialDomain) || initialDomain.length > DOMAIN_LENGTH_MAX) {
    throw badRequest(`'${initialDomain}' is not a domain.`, 'Give one such as contoso.example, in ASCII.');
  }
  if (defaultUsageLocation !== null && !/^[A-Z]{2}$/.test(defaultUsageLocation)) {
    throw badRequest(
      `'${defaultUsageLocation}' is not a usage location.`,
      'Give two letters of ISO 3166 such as US, or leave it out.',
    );
  }
}

const label = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?';
const domain = new RegExp(`^${label}(?:\\.${label})+$`, 'i');
const controlCharacter = /\p{Cc}/u;
