import type { ExternalPortal } from '../portal/register-portal.ts';
import { type ExternalIssuer, roleNamed } from '../sign-in/external-issuer.ts';

/**
 * Reads ALLOT_OIDC_*; undefined: there is no external issuer, or the portal signs nobody in there. What is wrong is told by
 * `problem`.
 * @param text the value of a setting; undefined: not set
 */
export function readExternalSettings(
  text: (name: string) => string | undefined,
  problem: (sentence: string) => void,
): { readonly externalIssuer: ExternalIssuer | undefined; readonly externalPortal: ExternalPortal | undefined } {
  const externalIssuer = readExternalIssuer(text, problem);
  return { externalIssuer, externalPortal: readExternalPortal(text, externalIssuer, problem) };
}

function readExternalIssuer(
  text: (name: string) => string | undefined,
  problem: (sentence: string) => void,
): ExternalIssuer | undefined {
  const issuer = text('ALLOT_OIDC_ISSUER');
  const audience = text('ALLOT_OIDC_AUDIENCE');
  if (issuer === undefined && audience === undefined) return undefined;
  if (issuer === undefined || audience === undefined) {
    problem('ALLOT_OIDC_ISSUER and ALLOT_OIDC_AUDIENCE go together: set both, or none.');
    return undefined;
  }
  const url = URL.parse(issuer);
  const loopback = url !== null && /^(localhost|127\.0\.0\.1|\[::1\])$/.test(url.hostname);
  if (url === null || !(url.protocol === 'https:' || (url.protocol === 'http:' && loopback))) {
    problem(`ALLOT_OIDC_ISSUER takes an https address, as in "iss" of its tokens, not "${issuer}".`);
  }
  return {
    issuer,
    audience,
    roleClaim: text('ALLOT_OIDC_ROLE_CLAIM') ?? 'roles',
    roles: readRoles(text('ALLOT_OIDC_ROLES') ?? '', problem),
    tenant: text('ALLOT_OIDC_TENANT'),
  };
}

function readExternalPortal(
  text: (name: string) => string | undefined,
  external: ExternalIssuer | undefined,
  problem: (sentence: string) => void,
): ExternalPortal | undefined {
  const clientId = text('ALLOT_OIDC_PORTAL_CLIENT_ID');
  if (clientId === undefined) return undefined;
  if (external === undefined) {
    problem('ALLOT_OIDC_PORTAL_CLIENT_ID needs ALLOT_OIDC_ISSUER and ALLOT_OIDC_AUDIENCE beside it: set them, too.');
    return undefined;
  }
  const { issuer, audience } = external;
  return {
    issuer,
    clientId,
    scope: text('ALLOT_OIDC_PORTAL_SCOPE') ?? `openid profile offline_access ${audience}/.default`,
  };
}

/** `value=Role name;value=Role name` */
function readRoles(text: string, problem: (sentence: string) => void): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const part of text.split(';').filter((one) => one.trim() !== '')) {
    const [, value, name] = /^\s*(.+?)\s*=\s*([^=]+?)\s*$/.exec(part) ?? [];
    if (value === undefined || name === undefined || roleNamed(name) === undefined) {
      problem(
        `ALLOT_OIDC_ROLES takes value=Role;value=Role, such as it-admins=License Administrator, not "${part.trim()}". ` +
          "Roles have Entra's names.",
      );
    } else names.set(value, name);
  }
  return names;
}
