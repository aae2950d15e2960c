import react from '@vitejs/plugin-react';
import type { InlineConfig } from 'vite';

/** How the pages are built: relative to their own address, since a proxy may serve them anywhere. */
export const viteConfig = ({ root, dist }: { readonly root: string; readonly dist: string }): InlineConfig => ({
  root,
  base: './',
  configFile: false,
  envDir: false,
  logLevel: 'warn',
  plugins: [react()],
  build: {
    outDir: dist,
    emptyOutDir: true,
    // Which script loads which, for the test of how much the first page loads.
    manifest: 'manifest.json',
    target: 'es2023',
    // Scripts only: a page that may not run inline script may not have its small files inlined either.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 1000,
  },
});
