/**
 * The address a request is routed by: `/users('id')/…` becomes `/users/id/…`, also with the name of the key inside,
 * `delta()` is `delta`, and `%24ref` becomes `$ref`. The query stays as it is.
 */
export function rewriteUrl(url: string): string {
  const query = url.indexOf('?');
  const path = query === -1 ? url : url.slice(0, query);
  // Most paths have nothing to rewrite.
  if (!/[(%]/.test(path)) return url;
  const rewritten = path
    .replaceAll(/%24/g, '$')
    .replaceAll(/%28/g, '(')
    .replaceAll(/%29/g, ')')
    .replaceAll(/%27/g, "'")
    .replaceAll(/%3D(?=')/gi, '=')
    .replaceAll(/([A-Za-z])\(\)(?=\/|$)/g, '$1')
    .replaceAll(keyInParentheses, (_, name: string, key: string) => `${name}/${key.replaceAll("''", "'")}`);
  return query === -1 ? rewritten : rewritten + url.slice(query);
}

const keyInParentheses = /([A-Za-z]+)\((?:[A-Za-z]+=)?'((?:[^'/]|'')+)'\)/g;
