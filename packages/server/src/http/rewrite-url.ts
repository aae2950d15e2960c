/**
 * The address a request is routed by: `/users('id')/…` becomes `/users/id/…`, also with the name of the key inside,
 * `/groups(uniqueName='x')` becomes `/groups/uniqueName=x`, a type may be qualified by `graph.` alone, `delta()` is `delta`, and `%24ref`
 * becomes `$ref`. The query stays as it is.
 */
export function rewriteUrl(url: string): string {
  const query = url.indexOf('?');
  const path = query === -1 ? url : url.slice(0, query);
  // Most paths have nothing to rewrite.
  if (!/[(%]|\/graph\./i.test(path)) return url;
  const rewritten = path
    .replaceAll(/%24/g, '$')
    .replaceAll(/%28/g, '(')
    .replaceAll(/%29/g, ')')
    .replaceAll(/%27/g, "'")
    .replaceAll(/%3D(?=')/gi, '=')
    .replaceAll(/([A-Za-z])\(\)(?=\/|$)/g, '$1')
    .replaceAll(keyInParentheses, (_, segment: string, name: string | undefined, key: string) => {
      const value = key.replaceAll("''", "'");
      return name !== undefined && alternateKeys.has(name.toLowerCase())
        ? `${segment}/${name}=${value}`
        : `${segment}/${value}`;
    })
    .replaceAll(/\/graph\.(?=\w+(?:\/|$))/gi, '/microsoft.graph.');
  return query === -1 ? rewritten : rewritten + url.slice(query);
}

/** Keys that are not what the same path without a name is found by. */
const alternateKeys: ReadonlySet<string> = new Set(['uniquename', 'commercesubscriptionid']);

const keyInParentheses = /([A-Za-z]+)\/?\((?:([A-Za-z]+)=)?'((?:[^'/]|'')+)'\)/g;
