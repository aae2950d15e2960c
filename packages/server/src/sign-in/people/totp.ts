import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** RFC 6238 as every authenticator app does it: SHA-1, six digits, a new code every 30 seconds. */
const stepSeconds = 30;
const digits = 6;
const secretBytes = 20;
/** Codes of so many steps before and after this one are taken: clocks differ, and people type. */
const stepsAround = 1;

export const newTotpSecret = (): Buffer => randomBytes(secretBytes);

/** The step whose code this is, or undefined. @param nowMs milliseconds since 1970 */
export function stepOfCode(secret: Buffer, code: string, nowMs: number): number | undefined {
  const given = code.replaceAll(/\s/g, '');
  if (!/^\d{6}$/.test(given)) return undefined;
  const current = Math.floor(nowMs / 1000 / stepSeconds);
  for (let step = current - stepsAround; step <= current + stepsAround; step += 1) {
    if (timingSafeEqual(Buffer.from(codeOfStep(secret, step)), Buffer.from(given))) return step;
  }
  return undefined;
}

/** The code of the step that an instant is in, as an authenticator app shows it. */
export const codeAt = (secret: Buffer, nowMs: number): string =>
  codeOfStep(secret, Math.floor(nowMs / 1000 / stepSeconds));

function codeOfStep(secret: Buffer, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac('sha1', secret).update(counter).digest();
  const at = mac.readUInt8(mac.length - 1) & 0xf;
  return String((mac.readUInt32BE(at) & 0x7f_ff_ff_ff) % 10 ** digits).padStart(digits, '0');
}

const base32Letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** A secret as people type it into an authenticator app. */
export function base32(bytes: Buffer): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  return (bits.match(/.{1,5}/g) ?? [])
    .map((five) => base32Letters.charAt(Number.parseInt(five.padEnd(5, '0'), 2)))
    .join('');
}

/** What an authenticator app on the same device opens. */
export function totpAddress(
  secret: Buffer,
  { signInName, issuer }: { readonly signInName: string; readonly issuer: string },
): string {
  const label = `${encodeURIComponent(issuer)}:${encodeURIComponent(signInName)}`;
  return `otpauth://totp/${label}?secret=${base32(secret)}&issuer=${encodeURIComponent(issuer)}`;
}
