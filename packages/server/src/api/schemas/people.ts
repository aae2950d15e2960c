import { flag, guid, instant, list, object, orNull, type Schema, text } from '../../http/openapi/index.ts';

const certificate = object({ thumbprint: text, displayName: text, startDateTime: instant, endDateTime: instant });

const application = {
  id: guid,
  displayName: text,
  permissions: list(text),
  delegatedPermissions: list(text),
  publicClient: flag,
  redirectUris: list(text),
  hasSecret: flag,
  certificates: list(certificate),
};

const account = { id: guid, signInName: text, displayName: text, local: flag, enabled: flag, ready: flag };

/** Who may sign in, and the applications that may ask. */
export const peopleSchemas: Readonly<Record<string, Schema>> = {
  application: object(application),
  applications: object({ value: list(object(application)) }),
  applicationWithSecret: object({ ...application, secret: text }),
  applicationToCreate: object(
    {
      displayName: text,
      permissions: list(text),
      delegatedPermissions: list(text),
      publicClient: flag,
      redirectUris: list(text),
    },
    ['permissions', 'delegatedPermissions', 'publicClient', 'redirectUris'],
  ),
  certificateToAdd: object({ certificate: text }),
  account: object(account),
  accounts: object({ value: list(object(account)) }),
  accountWithLink: object({ ...account, link: text }),
  accountToCreate: object({ user: text, signInName: text, displayName: text }, 'all'),
  accountToUpdate: object({ enabled: flag }),
  caller: object(
    {
      kind: text,
      tenantId: guid,
      id: guid,
      displayName: text,
      permissions: list(text),
      userPrincipalName: text,
      local: flag,
      appId: text,
      scopes: list(text),
      roles: list(
        object({ roleDefinitionId: guid, displayName: text, groupId: orNull(guid), permissions: list(text) }),
      ),
    },
    ['permissions', 'userPrincipalName', 'local', 'appId', 'scopes', 'roles'],
  ),
};
