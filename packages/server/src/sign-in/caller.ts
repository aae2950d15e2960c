import type { Permission } from './permission-names.ts';
import type { HeldRole } from './roles.ts';

/** Who asks. */
export type Caller = ApplicationCaller | PersonCaller;

export type ApplicationCaller = {
  readonly kind: 'application';
  readonly tenantId: string;
  /** The client id. */
  readonly appId: string;
  readonly displayName: string;
  readonly permissions: ReadonlySet<Permission>;
};

/** A person, through an application: may do what both the person's roles and the scopes of the token open. */
export type PersonCaller = {
  readonly kind: 'person';
  readonly tenantId: string;
  /** Object id. */
  readonly id: string;
  readonly displayName: string;
  readonly userPrincipalName: string;
  /** Nobody's user in the directory. */
  readonly local: boolean;
  /** The client id of the application. */
  readonly appId: string;
  readonly scopes: ReadonlySet<Permission>;
  readonly roles: readonly HeldRole[];
};

/** Which route is asked for, and about which group, as far as that decides. */
export type Asked = {
  /** `POST /users/:id/action`, without the part that names the surface. */
  readonly route?: string;
  /** In lower case. */
  readonly groupId?: string;
};
