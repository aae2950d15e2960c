import { calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK } from 'jose';
import type { CryptoKey, JWK } from 'jose';

import { deleteSigningKey, forTenant, insertSigningKey, isTenantGone, loadSigningKeys } from '@allot/store';
import type { Handle, SigningKey } from '@allot/store';

import { BoundedCache } from './bounded-cache.ts';

/** Tenants whose keys are kept in memory, and for how long before they are read again. */
const keyringsMax = 1000;
const keyringAgeMs = 5 * 60 * 1000;
/** A token with an unknown key makes the keys be read again (another server may have made one), this often at most. */
const keyringRereadMs = 1000;

const rsaModulusBits = 2048;

/** A key signs so long; then another does. */
const signingSecondsMax = 90 * 24 * 60 * 60;
/** A key is published so long before it signs: longer than any server goes without reading the keys again. */
const publishedSecondsBefore = 60 * 60;
/** A key stays so long after the next one has begun to sign: tokens last an hour, and clocks differ. */
const verifyingSecondsAfter = 24 * 60 * 60;

/** The keys of one tenant at one moment. */
export type Keyring = {
  /** With private parts, the one that signs first. Empty: the tenant never issued a token, or there is none. */
  readonly privateJwks: readonly JWK[];
  readonly verifying: ReadonlyMap<string, CryptoKey>;
  readonly readAtMs: number;
};

export type Keyrings = {
  /** The key of a tenant that verifies signatures made by key `kid`. */
  readonly verifyingKey: (tenantId: string, kid: string) => Promise<CryptoKey | undefined>;
  /** The keys a tenant signs with; its first key is made now if it has none. */
  readonly signingKeys: (tenantId: string) => Promise<readonly JWK[]>;
};

export function createKeyrings(db: Handle): Keyrings {
  const keyrings = new BoundedCache<Promise<Keyring>>(keyringsMax);

  const read = (tenantId: string): Promise<Keyring> => {
    const keyring = loadKeys(db, tenantId).then(keyringOf);
    keyrings.set(tenantId, keyring, Date.now() + keyringAgeMs);
    // A failure is told to those who wait for it, and not remembered.
    keyring.catch(() => keyrings.delete(tenantId));
    return keyring;
  };

  return {
    verifyingKey: async (tenantId, kid) => {
      const keyring = await (keyrings.get(tenantId) ?? read(tenantId));
      const key = keyring.verifying.get(kid);
      if (key !== undefined || Date.now() - keyring.readAtMs < keyringRereadMs) return key;
      return (await read(tenantId)).verifying.get(kid);
    },
    signingKeys: async (tenantId) => {
      const own = forTenant(db, tenantId);
      const keys = await loadSigningKeys(own, tenantId);
      if (keys.length === 0) await insertSigningKey(own, tenantId, await makeSigningKey(1));
      else await rotate(own, tenantId, keys);
      return (await read(tenantId)).privateJwks;
    },
  };
}

/** A tenant that is not there has no keys: whoever asks learns no more than of one that never issued a token. */
async function loadKeys(db: Handle, tenantId: string): Promise<readonly SigningKey[]> {
  try {
    return await loadSigningKeys(forTenant(db, tenantId), tenantId);
  } catch (error) {
    if (isTenantGone(error)) return [];
    throw error;
  }
}

/**
 * Publishes the next key when the newest has signed long enough, and removes keys whose tokens have all expired. Every
 * server does it when it makes a provider; "one key a generation" holds whoever is first.
 */
async function rotate(db: Handle, tenantId: string, keys: readonly SigningKey[]): Promise<void> {
  const newest = keys.toSorted((one, other) => other.generation - one.generation);
  const [last] = newest;
  if (last !== undefined && last.signsForSeconds > signingSecondsMax) {
    await insertSigningKey(db, tenantId, await makeSigningKey(last.generation + 1), publishedSecondsBefore);
  }
  for (const [at, { generation }] of newest.entries()) {
    const next = newest[at - 1];
    if (next !== undefined && next.signsForSeconds > verifyingSecondsAfter) {
      await deleteSigningKey(db, tenantId, generation);
    }
  }
}

async function makeSigningKey(generation: number): Promise<Pick<SigningKey, 'generation' | 'kid' | 'privateJwk'>> {
  const { privateKey } = await generateKeyPair('RS256', { modulusLength: rsaModulusBits, extractable: true });
  const jwk = await exportJWK(privateKey);
  const kid = await calculateJwkThumbprint(jwk);
  return { generation, kid, privateJwk: { ...jwk, kid, use: 'sig', alg: 'RS256' } };
}

async function keyringOf(keys: readonly SigningKey[]): Promise<Keyring> {
  const verifying = new Map<string, CryptoKey>();
  for (const { kid, privateJwk } of keys) verifying.set(kid, await importVerifyingKey(privateJwk));
  return {
    privateJwks: keys.map(({ kid, privateJwk }) => ({ ...privateJwk, kid })),
    verifying,
    readAtMs: Date.now(),
  };
}

async function importVerifyingKey({ kty, n, e }: SigningKey['privateJwk']): Promise<CryptoKey> {
  const key = await importJWK({ kty, n, e } as JWK, 'RS256'); // checked by importJWK itself
  if (key instanceof Uint8Array) throw new Error('allot.signing_key holds a symmetric key; remove that row.');
  return key;
}
