/**
 * Which part of a path no route knows, as Graph says it: the first one after the longest beginning that some route
 * shares. Parameters of a route match everything.
 */
export function unknownSegment(path: string, routes: readonly string[]): string {
  const asked = segmentsOf(path);
  let known = 0;
  for (const route of routes) known = Math.max(known, sharedLength(asked, segmentsOf(route)));
  return asked[Math.min(known, asked.length - 1)] ?? '';
}

const segmentsOf = (path: string): readonly string[] => path.split('/').filter((part) => part !== '');

function sharedLength(asked: readonly string[], route: readonly string[]): number {
  const differs = asked.findIndex((part, at) => {
    const expected = route[at];
    return expected === undefined || (!expected.startsWith(':') && expected.toLowerCase() !== part.toLowerCase());
  });
  return differs === -1 ? asked.length : differs;
}
