export * from './insert-tenant.ts';
export * from './update-group-licensing.ts';
export * from './update-settings.ts';
export * from './wake-deferred.ts';
export * from './prepared.ts';
export * from './find-by-name.ts';
export * from './delete-tenant.ts';
export { selectTenantIds } from './select-tenant-ids.ts';
