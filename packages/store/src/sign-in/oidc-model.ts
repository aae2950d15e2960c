/** Which row of allot.oidc_model: kind is the OpenID Connect provider's name of the model, for instance `Session`. */
export type OidcModelKey = { readonly tenantId: string; readonly kind: string; readonly id: string };

/** What the provider stores. The named parts are copied to columns of their own, to be found by. */
export type OidcModelPayload = {
  readonly grantId?: string | undefined;
  readonly userCode?: string | undefined;
  readonly uid?: string | undefined;
};
