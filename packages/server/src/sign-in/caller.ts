import type { Permission } from './permission-names.ts';

/** Who asks. A union by `kind`: people who are signed in will be its second member. */
export type Caller = ApplicationCaller;

export type ApplicationCaller = {
  readonly kind: 'application';
  readonly tenantId: string;
  /** The client id. */
  readonly appId: string;
  readonly displayName: string;
  readonly permissions: ReadonlySet<Permission>;
};
