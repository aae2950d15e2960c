/** The path of a route as documentation writes it: `/users/{id}`, `/groups(uniqueName='{uniqueName}')`. */
export const documentedPath = (path: string): string =>
  path.replaceAll(/\/(\w+)=:(\w+)/g, "($1='{$2}')").replaceAll(/:(\w+)/g, '{$1}');

/** Names of the parameters of a path, in their order. */
export const parametersOf = (path: string): readonly string[] =>
  [...path.matchAll(/:(\w+)/g)].map(([, name = '']) => name);
