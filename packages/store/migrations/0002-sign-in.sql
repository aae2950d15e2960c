-- Older servers survive this: it only adds tables, and an index that refuses what sign-in could not tell apart.

-- A tenant may be named by its initial domain in the address of the token endpoint, so no two may share one.
create unique index tenant_initial_domain on allot.tenant (lower(initial_domain));

-- Keys that sign the tokens of a tenant. Each tenant has its own, so that no key of one speaks for another.
-- Invariant "one key a generation": servers that make a key at the same time insert the same generation, the
-- primary key lets one of them win, and both use what they read back. All keys verify and are published; the
-- newest one whose signs_from has come signs, so that a key can be published before it is used.
-- Whoever reads this table can sign as the tenant: grant it to the server's database role only.
create table allot.signing_key (
  tenant_id   uuid not null,
  generation  integer not null check (generation >= 1),
  kid         text not null,
  private_jwk jsonb not null,
  created_at  timestamptz not null default now(),
  signs_from  timestamptz not null default now(),
  primary key (tenant_id, generation)
);
create unique index signing_key_kid on allot.signing_key (tenant_id, kid);

-- What the OpenID Connect provider remembers between two requests: sessions, grants, codes, refresh tokens ...
-- kind is the provider's name of the model, id its key, payload its content. Access tokens are JSON Web Tokens
-- and are not here. Expired rows are removed in the background.
create table allot.oidc_model (
  tenant_id  uuid not null,
  kind       text not null,
  id         text not null,
  payload    jsonb not null,
  grant_id   text,
  user_code  text,
  uid        text,
  expires_at timestamptz,
  primary key (tenant_id, kind, id)
);
create index oidc_model_grant on allot.oidc_model (tenant_id, grant_id) where grant_id is not null;
create index oidc_model_user_code on allot.oidc_model (tenant_id, kind, user_code) where user_code is not null;
create index oidc_model_uid on allot.oidc_model (tenant_id, kind, uid) where uid is not null;
create index oidc_model_expiry on allot.oidc_model (tenant_id, expires_at) where expires_at is not null;
