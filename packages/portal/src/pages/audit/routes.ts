import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { at, textOf, withTexts } from '../../root-route.tsx';

const names = ['activity', 'target', 'from', 'to', 'correlation', 'entry'] as const;

export const auditRoutes = [
  createRoute({
    ...at('/audit'),
    validateSearch: (search: Record<string, unknown>): Partial<Record<(typeof names)[number], string>> =>
      Object.fromEntries(
        names.flatMap((name) => {
          const text = textOf(search[name]);
          return text === undefined ? [] : [[name, text]];
        }),
      ),
    component: lazyRouteComponent(
      withTexts(() => import('./Audit.tsx')),
      'Audit',
    ),
  }),
] as const;
