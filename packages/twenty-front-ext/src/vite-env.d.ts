/// <reference types="vite/client" />
/// <reference types="vite-plugin-pwa/client" />

declare module 'virtual:texts' {
  import type { Messages } from '@lingui/core';
  /** Loads a part of the texts, by language and by part: `shared`, or the folder of a page. */
  export const texts: Record<string, Record<string, () => Promise<{ messages: Messages }>>>;
}
