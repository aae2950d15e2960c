import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { at, type TableSearch, tableSearch, withTexts } from '../../root-route.tsx';

export const productTabs = ['users', 'groups', 'waiting', 'subscriptions', 'services'] as const;
export type ProductTab = (typeof productTabs)[number];

export const productRoutes = [
  createRoute({
    ...at('/products'),
    validateSearch: tableSearch,
    component: lazyRouteComponent(
      withTexts(() => import('./Products.tsx')),
      'Products',
    ),
  }),
  createRoute({
    ...at('/products/$skuId'),
    validateSearch: (search: Record<string, unknown>): TableSearch & { readonly tab?: ProductTab | undefined } => {
      const tab = productTabs.find((one) => one === search['tab']);
      // Always said, also that it is none: the router keeps of the address what is not said here.
      return { ...tableSearch(search), tab };
    },
    component: lazyRouteComponent(
      withTexts(() => import('./Product.tsx')),
      'Product',
    ),
  }),
] as const;
