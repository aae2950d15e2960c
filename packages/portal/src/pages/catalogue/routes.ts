import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { at, textOf, withTexts } from '../../root-route.tsx';

const tabs = ['products', 'plans', 'rules', 'import'] as const;

export type CatalogueTab = (typeof tabs)[number];

export const catalogueRoutes = [
  createRoute({
    ...at('/catalogue'),
    validateSearch: (
      search: Record<string, unknown>,
    ): {
      readonly tab?: CatalogueTab | undefined;
      readonly filter?: string;
      readonly product?: string;
      readonly plan?: string;
    } => {
      const tab = tabs.find((one) => one === search['tab']);
      const [filter, product, plan] = [textOf(search['filter']), textOf(search['product']), textOf(search['plan'])];
      return {
        tab,
        ...(filter === undefined ? {} : { filter }),
        ...(product === undefined ? {} : { product }),
        ...(plan === undefined ? {} : { plan }),
      };
    },
    component: lazyRouteComponent(
      withTexts(() => import('./Catalogue.tsx')),
      'Catalogue',
    ),
  }),
] as const;
