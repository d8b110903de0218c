import { createBrowserRouter, Navigate } from 'react-router-dom';
import { RequireSession } from './session/require-session.tsx';
import { RouteError } from './shell/route-error.tsx';
import { Shell } from './shell/shell.tsx';

/** Pages are loaded when they are opened; each module exports its page as `Component`. */
export const router = createBrowserRouter([
  {
    path: '/sign-in',
    lazy: () => import('../pages/sign-in/sign-in-page.tsx'),
    ErrorBoundary: RouteError,
  },
  {
    element: <RequireSession />,
    ErrorBoundary: RouteError,
    children: [
      {
        element: <Shell />,
        ErrorBoundary: RouteError,
        children: [
          { index: true, element: <Navigate to="/board" replace /> },
          { path: 'board', lazy: () => import('../pages/board/board-page.tsx') },
          { path: '*', lazy: () => import('../pages/not-found/not-found-page.tsx') },
        ],
      },
    ],
  },
]);
