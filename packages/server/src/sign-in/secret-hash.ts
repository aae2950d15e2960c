import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

/**
 * Work of one hash: 2^14 blocks of 1 KiB take 16 MiB and about 45 ms on the project's machine. Stored with each
 * hash, so that raising it here leaves older secrets valid.
 */
const current: Work = { logN: 14, r: 8, p: 1 };

/** Stored parameters beyond this are refused: somebody who can write a row must not be able to stop the server. */
const memoryBytesMax = 256 * 1024 * 1024;

/** Longer secrets match nothing. */
export const secretLengthMax = 1024;

/** Five times that for what people think up; OWASP's equal of 128 MiB at once. */
const forPasswords: Work = { logN: 14, r: 8, p: 5 };

/** Hashes a client secret with a salt of its own: `$scrypt$ln=14,r=8,p=1$SALT$HASH`, salt and hash in base64url. */
export const hashSecret = (secret: string): Promise<string> => hashWith(secret, current);

/** The same for the password of a person. */
export const hashPassword = (password: string): Promise<string> => hashWith(password, forPasswords);

async function hashWith(secret: string, work: Work): Promise<string> {
  const salt = randomBytes(16);
  const hash = await derive(secret, salt, work);
  const { logN, r, p } = work;
  return `$scrypt$ln=${logN},r=${r},p=${p}$${salt.toString('base64url')}$${hash.toString('base64url')}`;
}

/** Is this the secret that was hashed? Takes the same time whichever part differs. Throws if `stored` is no hash. */
export async function secretMatches(secret: string, stored: string): Promise<boolean> {
  const { work, salt, hash } = parse(stored);
  if (secret.length > secretLengthMax) return false;
  return timingSafeEqual(await derive(secret, salt, work), hash);
}

type Work = { readonly logN: number; readonly r: number; readonly p: number };

const hashBytes = 32;
const pattern = /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,2}),p=(\d{1,2})\$([\w-]{22})\$([\w-]{43})$/;

function parse(stored: string): { work: Work; salt: Buffer; hash: Buffer } {
  const [, logN, r, p, salt, hash] = pattern.exec(stored) ?? [];
  if (salt === undefined || hash === undefined) {
    throw new Error('The stored hash of a client secret is not readable; give the application a new secret.');
  }
  return {
    work: { logN: Number(logN), r: Number(r), p: Number(p) },
    salt: Buffer.from(salt, 'base64url'),
    hash: Buffer.from(hash, 'base64url'),
  };
}

function derive(secret: string, salt: Buffer, { logN, r, p }: Work): Promise<Buffer> {
  const options = { N: 2 ** logN, r, p, maxmem: memoryBytesMax };
  return new Promise((resolve, reject) => {
    scrypt(secret, salt, hashBytes, options, (error, key) => (error ? reject(error) : resolve(key)));
  });
}
