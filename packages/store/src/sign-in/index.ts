export type { Application, ApplicationCertificate } from './application.ts';
export { deleteCertificate, insertCertificate, listCertificates } from './application-certificates.ts';
export { deleteApplication, setApplicationSecret } from './change-application.ts';
export { createApplication } from './create-application.ts';
export { findApplication, listApplications } from './find-application.ts';

export type { TenantName } from './find-tenant-by-id-or-domain.ts';
export { findTenantByIdOrDomain } from './find-tenant-by-id-or-domain.ts';

export type { SigningKey } from './signing-key.ts';
export { insertSigningKey } from './insert-signing-key.ts';
export { deleteSigningKey, loadSigningKeys } from './load-signing-keys.ts';

export type { OidcModelKey, OidcModelPayload } from './oidc-model.ts';
export { consumeOidcModel } from './consume-oidc-model.ts';
export { destroyOidcModel } from './destroy-oidc-model.ts';
export { findOidcModel } from './find-oidc-model.ts';
export { findOidcModelByUid } from './find-oidc-model-by-uid.ts';
export { findOidcModelByUserCode } from './find-oidc-model-by-user-code.ts';
export { removeExpiredOidcModels } from './remove-expired-oidc-models.ts';
export { revokeOidcGrant } from './revoke-oidc-grant.ts';
export { upsertOidcModel } from './upsert-oidc-model.ts';
