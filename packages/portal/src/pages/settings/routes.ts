import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { at, withTexts } from '../../root-route.tsx';

const tabs = ['people', 'applications'] as const;

export const settingsRoutes = [
  createRoute({
    ...at('/settings'),
    validateSearch: (search: Record<string, unknown>): { readonly tab?: (typeof tabs)[number] | undefined } => {
      const tab = tabs.find((one) => one === search['tab']);
      return { tab };
    },
    component: lazyRouteComponent(
      withTexts(() => import('./Settings.tsx')),
      'Settings',
    ),
  }),
] as const;
