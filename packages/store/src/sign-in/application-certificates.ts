import { sql } from 'kysely';

import type { Handle } from '../handle.ts';
import type { ApplicationCertificate } from './application.ts';

/** The certificates of an application, the one that expires first first; also those whose time is over or to come. */
export async function listCertificates(
  db: Handle,
  tenantId: string,
  clientId: string,
): Promise<readonly ApplicationCertificate[]> {
  const { rows } = await sql<ApplicationCertificate>`
    select thumbprint, display_name as "displayName", public_jwk as "publicJwk", starts_at as "startsAt",
           expires_at as "expiresAt"
    from allot.application_certificate
    where tenant_id = ${tenantId} and client_id = ${clientId}
    order by expires_at, thumbprint
  `.execute(db);
  return rows;
}

/** @returns false when the application has it already */
export async function insertCertificate(
  db: Handle,
  tenantId: string,
  clientId: string,
  certificate: ApplicationCertificate,
): Promise<boolean> {
  const { thumbprint, displayName, publicJwk, startsAt, expiresAt } = certificate;
  const { numAffectedRows } = await sql`
    insert into allot.application_certificate
      (tenant_id, client_id, thumbprint, display_name, public_jwk, starts_at, expires_at)
    values (${tenantId}, ${clientId}, ${thumbprint}, ${displayName}, ${JSON.stringify(publicJwk)}::jsonb, ${startsAt},
            ${expiresAt})
    on conflict do nothing
  `.execute(db);
  return numAffectedRows === 1n;
}

/** @returns false when the application does not have it */
export async function deleteCertificate(
  db: Handle,
  tenantId: string,
  clientId: string,
  thumbprint: string,
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    delete from allot.application_certificate
    where tenant_id = ${tenantId} and client_id = ${clientId} and thumbprint = ${thumbprint}
  `.execute(db);
  return numAffectedRows === 1n;
}
