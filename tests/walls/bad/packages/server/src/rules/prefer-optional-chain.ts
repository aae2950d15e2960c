// fires typescript(prefer-optional-chain)
export function name(user: { readonly name: string } | undefined): string | undefined {
  return user && user.name;
}
