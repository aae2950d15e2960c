-- Older servers survive this, and know nothing of people: to them a token of a person is one that they cannot believe.

-- Applications may sign in by certificate alone, and people may sign in through them.
alter table allot.application
  alter column secret_hash drop not null,
  -- a program on somebody's own machine, which can keep no secret
  add column public_client boolean not null default false,
  add column redirect_uris text[] not null default '{}',
  -- what the application may ask for in the name of a person
  add column delegated_permissions text[] not null default '{}';

-- What came to be a permission only now, so that the application that administers a tenant still may do everything.
update allot.application
set permissions = permissions || '{Application.Read.All,Application.ReadWrite.All,AppRoleAssignment.ReadWrite.All,RoleManagement.Read.Directory,RoleManagement.ReadWrite.Directory,UserAuthenticationMethod.Read.All,UserAuthenticationMethod.ReadWrite.All}'
where display_name = 'Allot administration' and 'Directory.ReadWrite.All' = any (permissions)
  and not 'Application.ReadWrite.All' = any (permissions);

-- Certificates whose private keys an application may sign its assertions with; several, so that one can follow another.
create table allot.application_certificate (
  tenant_id    uuid not null,
  client_id    uuid not null,
  -- SHA-256 of the certificate, in base64url
  thumbprint   text not null,
  display_name text not null,
  -- the public key as a JSON Web Key
  public_jwk   jsonb not null,
  starts_at    timestamptz not null,
  expires_at   timestamptz not null,
  primary key (tenant_id, client_id, thumbprint),
  foreign key (tenant_id, client_id) references allot.application (tenant_id, client_id) on delete cascade
);

-- Who may sign in. Of a directory user (sign_in_name is null) name, state and words are the directory's, by the same id; a local
-- administrator is nobody's user and has them here. Without a password only a one-time link lets in.
create table allot.account (
  tenant_id     uuid not null,
  id            uuid not null,
  sign_in_name  text,
  display_name  text,
  enabled       boolean not null default true,
  password_hash text,
  totp_secret   bytea,
  -- the last step of 30 s whose code was taken: invariant "a code is taken once"
  totp_step     bigint not null default 0,
  created_at    timestamptz not null default now(),
  primary key (tenant_id, id),
  check ((sign_in_name is null) = (display_name is null)),
  check ((password_hash is null) = (totp_secret is null))
);
create unique index account_sign_in_name on allot.account (tenant_id, lower(sign_in_name));

-- Links that set password and authenticator. Invariant "a link is used once": using one removes all of its account.
create table allot.account_link (
  tenant_id   uuid not null,
  -- SHA-256 of the token in the link
  token_hash  bytea not null,
  account_id  uuid not null,
  totp_secret bytea not null,
  expires_at  timestamptz not null,
  primary key (tenant_id, token_hash),
  foreign key (tenant_id, account_id) references allot.account (tenant_id, id) on delete cascade
);
create index account_link_account on allot.account_link (tenant_id, account_id);

-- Sign-ins that were begun and did not succeed, by name, whether or not somebody goes by it: the count must not tell.
create table allot.sign_in_attempt (
  tenant_id    uuid not null,
  -- SHA-256 of the name in lower case
  name_hash    bytea not null,
  failures     integer not null,
  locked_until timestamptz,
  last_at      timestamptz not null default now(),
  primary key (tenant_id, name_hash)
);
create index sign_in_attempt_age on allot.sign_in_attempt (tenant_id, last_at);

-- Which person has which role; with group_id only for what concerns that group.
create table allot.role_assignment (
  tenant_id    uuid not null,
  id           uuid not null,
  principal_id uuid not null,
  -- Entra's id of the role (roleTemplateId)
  role_id      uuid not null,
  group_id     uuid,
  created_at   timestamptz not null default now(),
  primary key (tenant_id, id)
);
create unique index role_assignment_once
  on allot.role_assignment (tenant_id, principal_id, role_id, group_id) nulls not distinct;
create index oidc_model_account on allot.oidc_model (tenant_id, (payload ->> 'accountId')) where payload ? 'accountId';
