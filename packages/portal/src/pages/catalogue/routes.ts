import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { at } from '../../root-route.tsx';

const tabs = ['products', 'plans', 'rules', 'import'] as const;

export const catalogueRoutes = [
  createRoute({
    ...at('/catalogue'),
    validateSearch: (search: Record<string, unknown>): { readonly tab?: (typeof tabs)[number] } => {
      const tab = tabs.find((one) => one === search['tab']);
      return tab === undefined ? {} : { tab };
    },
    component: lazyRouteComponent(() => import('./Catalogue.tsx'), 'Catalogue'),
  }),
] as const;
