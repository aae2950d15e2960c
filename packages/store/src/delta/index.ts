export * from './changed-groups.ts';
export * from './changed-users.ts';
export * from './look-at-tenant.ts';
export { canGoOnFrom, changedSince, currentPosition, type Position, removeOldChanges } from './position.ts';
