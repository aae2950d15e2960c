import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { at, isOn, type TableSearch, tableSearch, textOf, withTexts } from '../../root-route.tsx';

export const userTabs = ['licenses', 'profile', 'history'] as const;
export type UserTab = (typeof userTabs)[number];

/** What the address says of the list of users beside its filter: a country, a product, only those in error, or those who are deleted. */
export interface UsersSearch extends TableSearch {
  /** ISO 3166-1 alpha-2. */
  readonly location?: string;
  /** skuId */
  readonly product?: string;
  readonly error?: true;
  readonly deleted?: true;
}

function usersSearch(search: Record<string, unknown>): UsersSearch {
  const [location, product] = [textOf(search['location']), textOf(search['product'])];
  return {
    ...tableSearch(search),
    ...(location === undefined ? {} : { location }),
    ...(product === undefined ? {} : { product }),
    ...(isOn(search['error']) ? { error: true } : {}),
    ...(isOn(search['deleted']) ? { deleted: true } : {}),
  };
}

export const userRoutes = [
  createRoute({
    ...at('/users'),
    validateSearch: usersSearch,
    component: lazyRouteComponent(
      withTexts(() => import('./Users.tsx')),
      'Users',
    ),
  }),
  createRoute({
    ...at('/users/$userId'),
    validateSearch: (search: Record<string, unknown>): { readonly tab?: UserTab | undefined; readonly at?: string } => {
      const tab = userTabs.find((one) => one === search['tab']);
      const instant = textOf(search['at']);
      return { tab, ...(instant === undefined ? {} : { at: instant }) };
    },
    component: lazyRouteComponent(
      withTexts(() => import('./User.tsx')),
      'User',
    ),
  }),
] as const;
