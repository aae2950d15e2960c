export * from './account-links.ts';
export * from './find-person.ts';
export * from './remove-people.ts';
export * from './role-assignments.ts';
export * from './sign-in-attempts.ts';
export * from './write-account.ts';
