import { postForm, SignInRefused } from './client.ts';

/** The public client through which people use the command line; every tenant has it. */
const commandLineClientId = 'a1107c11-0000-4000-8000-00000000c11e';

/** Which server, and which organization there: a tenant id or its initial domain. */
export interface SignInPlace {
  /** Without a slash at its end. */
  readonly baseUrl: string;
  readonly tenantId: string;
}

/** What a person is told, and what is asked with until they have signed in. */
export interface DeviceCode {
  readonly userCode: string;
  readonly address: string;
  readonly deviceCode: string;
  /** Seconds. */
  readonly interval: number;
}

export interface PersonTokens {
  readonly accessToken: string;
  /** Good once: the next answer brings another. */
  readonly refreshToken: string;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

export async function askForDeviceCode({ baseUrl, tenantId }: SignInPlace): Promise<DeviceCode> {
  const answer = await postForm<DeviceAnswer>(
    { base: baseUrl, tenantId, endpoint: 'devicecode' },
    { client_id: commandLineClientId, scope: '.default openid profile offline_access' },
  );
  const { user_code: userCode, verification_uri: address, device_code: deviceCode, interval } = answer;
  return { userCode, address, deviceCode, interval: interval ?? 5 };
}

/**
 * Asks until the person has signed in.
 * @throws SignInRefused when they canceled, or the code is too old
 */
export async function waitForPerson(place: SignInPlace, { deviceCode, interval }: DeviceCode): Promise<PersonTokens> {
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, interval * 1000));
    try {
      return await askForTokens(place, {
        grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
        device_code: deviceCode,
      });
    } catch (error) {
      if (!(error instanceof SignInRefused) || error.reason !== 'authorization_pending') throw error;
    }
  }
}

/** @throws SignInRefused when the person must sign in again */
export const refreshTokens = (place: SignInPlace, refreshToken: string): Promise<PersonTokens> =>
  askForTokens(place, { grant_type: 'refresh_token', refresh_token: refreshToken });

/** Tells the server that the refresh token is needed no longer. */
export async function revokeTokens({ baseUrl, tenantId }: SignInPlace, refreshToken: string): Promise<void> {
  const form = { client_id: commandLineClientId, token: refreshToken, token_type_hint: 'refresh_token' };
  await postForm<object>({ base: baseUrl, tenantId, endpoint: 'revoke' }, form);
}

async function askForTokens(
  { baseUrl, tenantId }: SignInPlace,
  form: Readonly<Record<string, string>>,
): Promise<PersonTokens> {
  const answer = await postForm<TokenAnswer>(
    { base: baseUrl, tenantId, endpoint: 'token' },
    { client_id: commandLineClientId, ...form },
  );
  return {
    accessToken: answer.access_token,
    refreshToken: answer.refresh_token,
    expiresAt: Date.now() + answer.expires_in * 1000,
  };
}

interface DeviceAnswer {
  readonly user_code: string;
  readonly verification_uri: string;
  readonly device_code: string;
  readonly interval?: number;
}

interface TokenAnswer {
  readonly access_token: string;
  readonly refresh_token: string;
  readonly expires_in: number;
}
