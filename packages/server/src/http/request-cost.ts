import type { Cost } from './route.ts';

/** `$top` below which a page costs less. */
const smallPage = 20;

/**
 * What a request costs: its route's cost, a unit less with `$select`, a unit less for a small page, a unit more with `$expand`, and
 * at least one.
 * @param query as `parseQuery` returns it; what is wrong in it is the route's to refuse
 */
export function requestCost({ resourceUnits, writes }: Cost, query: Readonly<Record<string, unknown>>): Cost {
  const options = new Map(Object.entries(query).map(([name, value]) => [name.toLowerCase().replace(/^\$/, ''), value]));
  const top = options.get('top');
  const isSmall = typeof top === 'string' && /^\d{1,15}$/.test(top) && Number(top) < smallPage;
  const units = resourceUnits - (options.has('select') ? 1 : 0) - (isSmall ? 1 : 0) + (options.has('expand') ? 1 : 0);
  return { resourceUnits: Math.max(1, units), writes };
}
