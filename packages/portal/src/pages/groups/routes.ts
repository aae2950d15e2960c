import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { at, isOn, type TableSearch, tableSearch, withTexts } from '../../root-route.tsx';

const tabs = ['licenses', 'members', 'rule', 'properties'] as const;

/** The table is that of the members; `kind`: of groups nested in the group instead of users. */
interface GroupSearch extends TableSearch {
  readonly tab?: (typeof tabs)[number] | undefined;
  readonly kind?: 'group';
}

/** `deleted`: those that were deleted and can be restored. */
interface GroupsSearch extends TableSearch {
  readonly deleted?: true;
}

const groupsSearch = (search: Record<string, unknown>): GroupsSearch => ({
  ...tableSearch(search),
  ...(isOn(search['deleted']) ? { deleted: true } : {}),
});

export const groupRoutes = [
  createRoute({
    ...at('/groups'),
    validateSearch: groupsSearch,
    component: lazyRouteComponent(
      withTexts(() => import('./Groups.tsx')),
      'Groups',
    ),
  }),
  createRoute({
    ...at('/groups/$groupId'),
    validateSearch: (search: Record<string, unknown>): GroupSearch => {
      const tab = tabs.find((one) => one === search['tab']);
      return {
        ...tableSearch(search),
        tab,
        ...(search['kind'] === 'group' ? { kind: 'group' } : {}),
      };
    },
    component: lazyRouteComponent(
      withTexts(() => import('./Group.tsx')),
      'Group',
    ),
  }),
  createRoute({
    ...at('/group-errors'),
    validateSearch: (search: Record<string, unknown>): { readonly tab?: 'users' | undefined } => ({
      tab: search['tab'] === 'users' ? 'users' : undefined,
    }),
    component: lazyRouteComponent(
      withTexts(() => import('./GroupErrors.tsx')),
      'GroupErrors',
    ),
  }),
] as const;
