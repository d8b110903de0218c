import { createBrowserRouter, createMemoryRouter, Navigate } from 'react-router-dom';
import type { RouteObject } from 'react-router-dom';
import { embedded } from './embed/embedded.ts';
import { firstPath } from './embed/host.ts';
import { openTexts } from './i18n/texts.ts';
import { RequireSession } from './session/require-session.tsx';
import { FirstPage } from './shell/first-page.tsx';
import { RouteError } from './shell/route-error.tsx';
import { Shell } from './shell/shell.tsx';

/** A page, named by its folder, is loaded with its texts when it is opened; its module exports it as `Component`. */
function page<Module>(folder: string, load: () => Promise<Module>): () => Promise<Module> {
  return async () => {
    const [module] = await Promise.all([load(), openTexts(folder)]);
    return module;
  };
}

const entrance: RouteObject[] = [
  { path: '/sign-in', lazy: page('sign-in', () => import('../pages/sign-in/sign-in-page.tsx')) },
  {
    path: '/forgot-password',
    lazy: page(
      'forgot-password',
      () => import('../pages/forgot-password/forgot-password-page.tsx'),
    ),
  },
  {
    path: '/reset-password',
    lazy: page('reset-password', () => import('../pages/reset-password/reset-password-page.tsx')),
  },
  {
    path: '/invitation',
    lazy: page('invitation', () => import('../pages/invitation/invitation-page.tsx')),
  },
  {
    path: '/register/:tenant',
    lazy: page('register', () => import('../pages/register/register-page.tsx')),
  },
];

const pages: RouteObject[] = [
  { index: true, element: <FirstPage /> },
  { path: 'home', lazy: page('home', () => import('../pages/home/home-page.tsx')) },
  {
    path: 'company/:id?',
    lazy: page(
      'company-profile',
      () => import('../pages/company-profile/company-profile-page.tsx'),
    ),
  },
  { path: 'staff/:id?', lazy: page('staff', () => import('../pages/staff/staff-page.tsx')) },
  { path: 'board', lazy: page('board', () => import('../pages/board/board-page.tsx')) },
  {
    path: 'dashboard',
    lazy: page('dashboard', () => import('../pages/dashboard/dashboard-page.tsx')),
  },
  { path: 'deals', lazy: page('table', () => import('../pages/table/table-page.tsx')) },
  {
    path: 'settings',
    lazy: () => import('./shell/settings-frame.tsx'),
    children: [
      { index: true, element: <Navigate to="/settings/profile" replace /> },
      { path: 'profile', lazy: page('profile', () => import('../pages/profile/profile-page.tsx')) },
      { path: 'company', lazy: page('company', () => import('../pages/company/company-page.tsx')) },
      {
        path: 'registrations',
        lazy: page('registrations', () => import('../pages/registrations/registrations-page.tsx')),
      },
      { path: 'people', lazy: page('people', () => import('../pages/people/people-page.tsx')) },
      {
        path: 'auction',
        lazy: page('auction-rules', () => import('../pages/auction-rules/auction-rules-page.tsx')),
      },
      { path: 'roles', lazy: page('roles', () => import('../pages/roles/roles-page.tsx')) },
      {
        path: 'leads',
        lazy: page('lead-settings', () => import('../pages/lead-settings/lead-settings-page.tsx')),
      },
      {
        path: 'api-keys',
        lazy: page('api-keys', () => import('../pages/api-keys/api-keys-page.tsx')),
      },
      {
        path: 'webhooks',
        lazy: page('webhooks', () => import('../pages/webhooks/webhooks-page.tsx')),
      },
      {
        path: 'webhooks/:id',
        lazy: page('webhook', () => import('../pages/webhook/webhook-page.tsx')),
      },
      { path: 'twenty', lazy: page('twenty', () => import('../pages/twenty/twenty-page.tsx')) },
      {
        path: 'connectors',
        lazy: page('connectors', () => import('../pages/connectors/connectors-page.tsx')),
      },
      {
        path: 'connectors/:key/:tab?',
        lazy: page('connector', () => import('../pages/connector/connector-page.tsx')),
      },
      { path: 'audit', lazy: page('audit', () => import('../pages/audit/audit-page.tsx')) },
      {
        path: 'pipelines',
        lazy: page('pipelines', () => import('../pages/pipelines/pipelines-page.tsx')),
      },
    ],
  },
  // It needs the whole width.
  {
    path: 'settings/pipelines/:key',
    lazy: page(
      'pipeline-editor',
      () => import('../pages/pipeline-editor/pipeline-editor-page.tsx'),
    ),
  },
  { path: 'auction', lazy: page('auction', () => import('../pages/auction/auction-page.tsx')) },
  { path: 'auction/new', lazy: page('new-lot', () => import('../pages/new-lot/new-lot-page.tsx')) },
  { path: 'auction/:id', lazy: page('lot', () => import('../pages/lot/lot-page.tsx')) },
  { path: 'wallet/:id?', lazy: page('wallet', () => import('../pages/wallet/wallet-page.tsx')) },
  { path: 'returns', lazy: page('returns', () => import('../pages/returns/returns-page.tsx')) },
  { path: 'clients', lazy: page('clients', () => import('../pages/clients/clients-page.tsx')) },
  {
    path: 'clients/import/:id?',
    lazy: page('client-import', () => import('../pages/client-import/client-import-page.tsx')),
  },
  { path: 'clients/:id', lazy: page('client', () => import('../pages/client/client-page.tsx')) },
  { path: 'leads', lazy: page('leads', () => import('../pages/leads/leads-page.tsx')) },
  {
    path: 'leads/import/:id?',
    lazy: page('lead-import', () => import('../pages/lead-import/lead-import-page.tsx')),
  },
  {
    path: 'leads/duplicates',
    lazy: page(
      'lead-duplicates',
      () => import('../pages/lead-duplicates/lead-duplicates-page.tsx'),
    ),
  },
  { path: 'leads/:id', lazy: page('lead', () => import('../pages/lead/lead-page.tsx')) },
  { path: 'orders', lazy: page('orders', () => import('../pages/orders/orders-page.tsx')) },
  { path: 'orders/:id', lazy: page('order', () => import('../pages/order/order-page.tsx')) },
  { path: 'articles', lazy: page('articles', () => import('../pages/articles/articles-page.tsx')) },
  {
    path: 'articles/:id',
    lazy: page('article', () => import('../pages/article/article-page.tsx')),
  },
  { path: 'sla', lazy: page('sla-desk', () => import('../pages/sla-desk/sla-desk-page.tsx')) },
  { path: 'deals/:id', lazy: page('deal', () => import('../pages/deal/deal-page.tsx')) },
  { path: '*', lazy: page('not-found', () => import('../pages/not-found/not-found-page.tsx')) },
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
