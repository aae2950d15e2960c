import { apiErrorOf } from '@allot/contract';

/** What the server tells before anybody has signed in; see `PortalConfig` of the server. */
export interface PortalConfig {
  readonly baseUrl: string;
  readonly tenantId: string;
  readonly organization: string;
  readonly signIn: readonly SignInChoice[];
}

/** Somebody who signs people in: this installation, or an issuer of the organization's own. */
export interface SignInChoice {
  readonly kind: 'allot' | 'external';
  readonly authority: string;
  readonly clientId: string;
  readonly scope: string;
}

const organizationKey = 'allot.organization';

/**
 * Asks the server whose portal this is. `?tenant=` in the address names an organization by id or domain; this tab remembers it.
 * @throws ApiError
 */
export async function loadConfig(): Promise<PortalConfig> {
  const named = new URLSearchParams(location.search).get('tenant') ?? sessionStorage.getItem(organizationKey);
  const query = named === null ? '' : `?tenant=${encodeURIComponent(named)}`;
  const response = await fetch(new URL(`config.json${query}`, document.baseURI));
  if (!response.ok) {
    sessionStorage.removeItem(organizationKey);
    throw apiErrorOf(response.status, await response.json().catch(() => undefined));
  }
  // `as`: our own server's answer.
  const config = (await response.json()) as PortalConfig;
  if (named !== null) sessionStorage.setItem(organizationKey, config.tenantId);
  return config;
}
