import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { at, tableSearch } from '../../root-route.tsx';

const tabs = ['licenses', 'profile', 'history'] as const;

export const userRoutes = [
  createRoute({
    ...at('/users'),
    validateSearch: tableSearch,
    component: lazyRouteComponent(() => import('./Users.tsx'), 'Users'),
  }),
  createRoute({
    ...at('/users/$userId'),
    validateSearch: (search: Record<string, unknown>): { readonly tab?: (typeof tabs)[number] } => {
      const tab = tabs.find((one) => one === search['tab']);
      return tab === undefined ? {} : { tab };
    },
    component: lazyRouteComponent(() => import('./User.tsx'), 'User'),
  }),
] as const;
