import type { Address } from './address.ts';

/** The public clients that every tenant has: their ids are the same everywhere, and they are in no table. */
export const commandLineClientId = 'a1107c11-0000-4000-8000-00000000c11e';
export const portalClientId = 'a1107c11-0000-4000-8000-00000000b0a1';

export type FirstPartyClient = {
  readonly clientId: string;
  readonly displayName: string;
  readonly redirectUris: readonly string[];
  readonly postLogoutRedirectUris: readonly string[];
  /** Tokens end when the person signs out in the browser. */
  readonly endsWithSession: boolean;
};

/** The public client with this id, at an installation of this address. */
export const firstPartyClient = (clientId: string, { base }: Address): FirstPartyClient | undefined =>
  [
    {
      clientId: commandLineClientId,
      displayName: 'Allot command line',
      redirectUris: [],
      postLogoutRedirectUris: [],
      endsWithSession: false,
    },
    {
      clientId: portalClientId,
      displayName: 'Allot portal',
      redirectUris: [`${base}/`, `${base}/portal/`, `${base}/portal/signed-in`],
      postLogoutRedirectUris: [`${base}/`, `${base}/portal/`],
      endsWithSession: true,
    },
  ].find((client) => client.clientId === clientId);

/** What both may ask for: whatever the person may do. */
export const firstPartyScopes = ['Directory.AccessAsUser.All', 'User.Read'] as const;
