export * from './changed-groups.ts';
export * from './changed-users.ts';
export * from './position.ts';
