export * from './changed-groups.ts';
export * from './changed-users.ts';
export { canGoOnFrom, changedSince, currentPosition, type Position, removeOldChanges } from './position.ts';
