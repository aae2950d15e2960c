import { createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import { PageFailed } from './frame/PageFailed.tsx';
import { auditRoutes } from './pages/audit/routes.ts';
import { catalogueRoutes } from './pages/catalogue/routes.ts';
import { groupRoutes } from './pages/groups/routes.ts';
import { productRoutes } from './pages/products/routes.ts';
import { settingsRoutes } from './pages/settings/routes.ts';
import { userRoutes } from './pages/users/routes.ts';
import { at, root } from './root-route.tsx';

/** Every page, by its address below /portal. */
const routes = [
  createRoute({ ...at('/'), component: lazyRouteComponent(() => import('./pages/overview/Overview.tsx'), 'Overview') }),
  ...productRoutes,
  ...groupRoutes,
  ...userRoutes,
  ...auditRoutes,
  ...catalogueRoutes,
  ...settingsRoutes,
] as const;

export const router = createRouter({
  routeTree: root.addChildren(routes),
  basepath: new URL(document.baseURI).pathname,
  defaultPreload: 'intent',
  defaultErrorComponent: PageFailed,
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
