import { createBrowserRouter, createMemoryRouter, Navigate } from 'react-router-dom';
import type { RouteObject } from 'react-router-dom';
import { embedded } from './embed/embedded.ts';
import { firstPath } from './embed/host.ts';
import { RequireSession } from './session/require-session.tsx';
import { RouteError } from './shell/route-error.tsx';
import { Shell } from './shell/shell.tsx';

/** Pages are loaded when they are opened; each module exports its page as `Component`. */
const entrance: RouteObject[] = [
  { path: '/sign-in', lazy: () => import('../pages/sign-in/sign-in-page.tsx') },
  {
    path: '/forgot-password',
    lazy: () => import('../pages/forgot-password/forgot-password-page.tsx'),
  },
  {
    path: '/reset-password',
    lazy: () => import('../pages/reset-password/reset-password-page.tsx'),
  },
  { path: '/invitation', lazy: () => import('../pages/invitation/invitation-page.tsx') },
];

const pages: RouteObject[] = [
  { index: true, element: <Navigate to="/board" replace /> },
  { path: 'board', lazy: () => import('../pages/board/board-page.tsx') },
  { path: 'dashboard', lazy: () => import('../pages/dashboard/dashboard-page.tsx') },
  { path: 'deals', lazy: () => import('../pages/table/table-page.tsx') },
  {
    path: 'settings',
    lazy: () => import('./shell/settings-frame.tsx'),
    children: [
      { index: true, element: <Navigate to="/settings/profile" replace /> },
      { path: 'profile', lazy: () => import('../pages/profile/profile-page.tsx') },
      { path: 'company', lazy: () => import('../pages/company/company-page.tsx') },
      { path: 'people', lazy: () => import('../pages/people/people-page.tsx') },
      { path: 'roles', lazy: () => import('../pages/roles/roles-page.tsx') },
      { path: 'api-keys', lazy: () => import('../pages/api-keys/api-keys-page.tsx') },
      { path: 'webhooks', lazy: () => import('../pages/webhooks/webhooks-page.tsx') },
      { path: 'webhooks/:id', lazy: () => import('../pages/webhook/webhook-page.tsx') },
      { path: 'audit', lazy: () => import('../pages/audit/audit-page.tsx') },
      { path: 'pipelines', lazy: () => import('../pages/pipelines/pipelines-page.tsx') },
    ],
  },
  // It needs the whole width.
  {
    path: 'settings/pipelines/:key',
    lazy: () => import('../pages/pipeline-editor/pipeline-editor-page.tsx'),
  },
  { path: 'clients', lazy: () => import('../pages/clients/clients-page.tsx') },
  { path: 'clients/:id', lazy: () => import('../pages/client/client-page.tsx') },
  { path: 'sla', lazy: () => import('../pages/sla-desk/sla-desk-page.tsx') },
  { path: 'deals/:id', lazy: () => import('../pages/deal/deal-page.tsx') },
  { path: '*', lazy: () => import('../pages/not-found/not-found-page.tsx') },
];

const signedIn: RouteObject = {
  element: <RequireSession />,
  ErrorBoundary: RouteError,
  children: [{ element: <Shell />, ErrorBoundary: RouteError, children: pages }],
};

/** An embedded page has no sign-in, and its sandbox lets nobody change the path of its address. */
export const router = embedded
  ? createMemoryRouter([signedIn], { initialEntries: [firstPath] })
  : createBrowserRouter([{ ErrorBoundary: RouteError, children: entrance }, signedIn]);
