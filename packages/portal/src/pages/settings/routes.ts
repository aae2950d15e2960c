import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { at } from '../../root-route.tsx';

export const settingsRoutes = [
  createRoute({
    ...at('/settings'),
    component: lazyRouteComponent(() => import('./Settings.tsx'), 'Settings'),
  }),
] as const;
