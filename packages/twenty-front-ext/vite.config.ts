import babel from '@rolldown/plugin-babel';
import { linguiTransformerBabelPreset } from '@lingui/vite-plugin';
import react from '@vitejs/plugin-react';
import { defaultClientConditions } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';
import { defineConfig } from 'vitest/config';
import { pageTexts } from './page-texts.ts';

/** Where the api listens while pages are developed with `npm run dev`; `./mak status` prints the address. */
const API = process.env['MAK_API'] ?? 'http://127.0.0.1:3000';

/** twenty-ui and what it stands on. */
const TWENTY_UI =
  /node_modules\/(twenty-ui|@base-ui|@floating-ui|@radix-ui|@monaco-editor|@remix-run|react-router|react-router-dom|react-responsive|zod|clsx)\//;

/** What pages have in common: the frame, building blocks, data. */
const COMMON =
  /src\/(app|ui|parts|generated)\/|twenty-mak-domain\/|node_modules\/(@apollo|@tabler|rxjs)\//;

export default defineConfig({
  plugins: [
    react(),
    pageTexts(),
    babel({ presets: [linguiTransformerBabelPreset()] }),
    VitePWA({
      strategies: 'generateSW',
      registerType: 'prompt',
      injectRegister: false,
      manifest: {
        name: 'MaK',
        short_name: 'MaK',
        description: 'One deal across many systems',
        id: '/',
        start_url: '/',
        scope: '/',
        display: 'standalone',
        background_color: '#ffffff',
        theme_color: '#ffffff',
        icons: [
          { src: '/icon.svg', sizes: 'any', type: 'image/svg+xml', purpose: 'any' },
          // For systems that draw no SVG on their home screens.
          { src: '/icon-192.png', sizes: '192x192', type: 'image/png', purpose: 'any' },
          { src: '/icon-512.png', sizes: '512x512', type: 'image/png', purpose: 'any' },
          { src: '/icon-maskable.svg', sizes: 'any', type: 'image/svg+xml', purpose: 'maskable' },
        ],
      },
      workbox: {
        globPatterns: ['**/*.{js,css,html,svg,woff2}'],
        globIgnores: ['**/*-cyrillic-ext-*', '**/*-greek*', '**/*-vietnamese*'],
        navigateFallback: '/index.html',
        cleanupOutdatedCaches: true,
        // The embedded page has its own headers and no service worker; data is never kept offline.
        navigateFallbackDenylist: [/^\/(v1|graphql|oauth|embed|healthz|readyz|metrics)/],
      },
    }),
  ],
  // rxjs has a build of today's JavaScript behind this name; the other one brings helpers for older browsers.
  resolve: { conditions: ['es2015', ...defaultClientConditions] },
  build: {
    target: 'es2023',
    sourcemap: true,
    reportCompressedSize: false,
    // What changes with our own work apart from what changes only with a new version of a library.
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'react', test: /node_modules\/(react|react-dom|scheduler)\//, priority: 2 },
            { name: 'twenty-ui', test: TWENTY_UI, priority: 1 },
            // What most pages need: one file compresses better than thirty, and is asked for once.
            { name: 'common', test: COMMON, minShareCount: 8 },
          ],
        },
      },
    },
  },
  server: {
    // The api accepts the session cookie only from pages of its own address.
    proxy: {
      '/v1': { target: API, headers: { origin: API } },
      '/graphql': { target: API, ws: true, headers: { origin: API } },
    },
  },
  test: {
    name: 'front',
    include: ['src/**/*.spec.{ts,tsx}'],
    // A document is made only for the specs that ask for one: with it each file would take a second longer.
    environment: 'node',
  },
});
