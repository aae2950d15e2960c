import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { at, textOf } from '../../root-route.tsx';

const tabs = ['users', 'groups', 'waiting', 'subscriptions'] as const;

export const productRoutes = [
  createRoute({
    ...at('/products'),
    component: lazyRouteComponent(() => import('./Products.tsx'), 'Products'),
  }),
  createRoute({
    ...at('/products/$skuId'),
    validateSearch: (
      search: Record<string, unknown>,
    ): { readonly tab?: (typeof tabs)[number]; readonly filter?: string } => {
      const [tab, filter] = [tabs.find((one) => one === search['tab']), textOf(search['filter'])];
      return { ...(tab === undefined ? {} : { tab }), ...(filter === undefined ? {} : { filter }) };
    },
    component: lazyRouteComponent(() => import('./Product.tsx'), 'Product'),
  }),
] as const;
