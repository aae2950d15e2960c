export * from './group-conflicts.ts';
export * from './note-pending.ts';
export * from './stage-groups.ts';
export { createUserStage, type StagedUser, stageUsers, type StatedFlags, unstageUsers } from './stage-users.ts';
export * from './user-conflicts.ts';
export * from './write-bundles.ts';
export * from './write-groups.ts';
export * from './write-users.ts';
export * from './with-retries.ts';
