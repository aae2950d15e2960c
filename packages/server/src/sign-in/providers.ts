import type { Provider } from 'oidc-provider';

import { BoundedCache } from './bounded-cache.ts';
import type { Keyrings } from './keyrings.ts';
import { createProvider } from './provider.ts';
import type { ProviderParts } from './provider.ts';

/** Tenants whose provider is kept; one that is not is made again when somebody asks for it. */
const providersMax = 500;
/** A provider keeps the keys it was made with, so it is made anew from time to time to notice new ones. */
const providerAgeMs = 5 * 60 * 1000;

export type RequestHandler = ReturnType<Provider['callback']>;

/** Makes the function that gives the provider of a tenant. */
export function createProviders(keyrings: Keyrings, parts: ProviderParts): (tenantId: string) => Promise<Provider> {
  const providers = new BoundedCache<Promise<Provider>>(providersMax);

  return (tenantId) => {
    const known = providers.get(tenantId);
    if (known !== undefined) return known;
    const provider = keyrings.signingKeys(tenantId).then((keys) => createProvider(tenantId, keys, parts));
    providers.set(tenantId, provider, Date.now() + providerAgeMs);
    provider.catch(() => providers.delete(tenantId));
    return provider;
  };
}
