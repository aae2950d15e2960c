import { FluentProvider } from '@fluentui/react-components';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { queryClient } from './api/query-client.ts';
import { useTheme } from './frame/use-theme.ts';
import { router } from './router.tsx';
import { SessionGate } from './session/SessionGate.tsx';

export function App() {
  const { theme } = useTheme();
  return (
    <FluentProvider theme={theme}>
      <SessionGate>
        <QueryClientProvider client={queryClient}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </SessionGate>
    </FluentProvider>
  );
}
