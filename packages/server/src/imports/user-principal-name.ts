import { quoted, tooLong } from './import-problem.ts';

/**
 * What is wrong with a user principal name and what to do about it, or null when it is good: as in Entra ID, a name of
 * letters, digits and ' . - _ ! # ^ ~ + &, an @, and a domain. Without case it names one user of a tenant.
 */
export function userPrincipalNameProblem(name: string): string | null {
  if (name.length > charsMax) return tooLong(name, charsMax);
  if (!pattern.test(name)) {
    return `${quoted(name)} is not a user principal name: write it like ann@contoso.com, in letters, digits and '.-_!#^~+& before the @`;
  }
  const before = name.indexOf('@');
  if (before > charsBeforeAtMax)
    return `has ${before} characters before the @ and at most ${charsBeforeAtMax} are allowed: shorten it`;
  return null;
}

/** Graph's limits. */
const charsMax = 113;
const charsBeforeAtMax = 64;

const pattern =
  /^[A-Za-z0-9'\-_!#^~+&](?:[A-Za-z0-9'.\-_!#^~+&]*[A-Za-z0-9'\-_!#^~+&])?@(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z][A-Za-z0-9-]*[A-Za-z0-9]$/;
