import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { at, tableSearch, textOf } from '../../root-route.tsx';

const tabs = ['licenses', 'members', 'rule'] as const;

export const groupRoutes = [
  createRoute({
    ...at('/groups'),
    validateSearch: tableSearch,
    component: lazyRouteComponent(() => import('./Groups.tsx'), 'Groups'),
  }),
  createRoute({
    ...at('/groups/$groupId'),
    validateSearch: (
      search: Record<string, unknown>,
    ): { readonly tab?: (typeof tabs)[number]; readonly filter?: string } => {
      const [tab, filter] = [tabs.find((one) => one === search['tab']), textOf(search['filter'])];
      return { ...(tab === undefined ? {} : { tab }), ...(filter === undefined ? {} : { filter }) };
    },
    component: lazyRouteComponent(() => import('./Group.tsx'), 'Group'),
  }),
  createRoute({
    ...at('/group-errors'),
    component: lazyRouteComponent(() => import('./GroupErrors.tsx'), 'GroupErrors'),
  }),
] as const;
