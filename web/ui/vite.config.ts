import react from '@vitejs/plugin-react';
import { loadEnv } from 'vite';
import { defineConfig } from 'vitest/config';

// `npm run dev` and `vite preview` serve the pages and pass the API on to a running server.
const serverOf = (mode: string) => loadEnv(mode, '.', 'TIDEGATE_').TIDEGATE_URL ?? 'http://127.0.0.1:8080';

export default defineConfig(({ mode }) => ({
  base: '/',
  plugins: [react()],
  server: { port: 5173, proxy: { '/api': serverOf(mode) } },
  preview: { port: 4173, proxy: { '/api': serverOf(mode) } },
  build: {
    target: 'es2023',
    // Ant Design alone is larger than the default limit.
    chunkSizeWarningLimit: 1500,
    // The content security policy allows no data: scripts and the files are served from the same machine.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'editor', test: /node_modules[\\/](@codemirror|@lezer|style-mod|w3c-keyname|crelt)/ },
            { name: 'antd', test: /node_modules[\\/](antd|@ant-design|@rc-component|rc-)/ },
            { name: 'react', test: /node_modules[\\/](react|react-dom|react-router|scheduler|@tanstack)[\\/]/ },
          ],
        },
      },
    },
  },
  test: {
    environment: 'jsdom',
    include: ['src/**/*.test.{ts,tsx}'],
    setupFiles: ['src/test/setup.ts'],
    restoreMocks: true,
    // Ant Design takes seconds to load: once for all files is enough.
    isolate: false,
  },
}));
