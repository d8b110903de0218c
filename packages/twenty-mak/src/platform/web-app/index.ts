export { allowOtherOrigins } from './cross-origin.ts';
export { serveWebApp } from './web-app.ts';
