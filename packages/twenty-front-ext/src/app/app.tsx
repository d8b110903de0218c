import { RouterProvider } from 'react-router-dom';
import { SnackbarProvider } from '../ui/snackbar/snackbar.tsx';
import { embedded } from './embed/embedded.ts';
import { LanguageProvider } from './i18n/i18n.tsx';
import { router } from './routes.tsx';
import { SessionProvider } from './session/session-provider.tsx';
import { ThemeProvider } from './theme/theme.tsx';
import { UpdatePrompt } from './update/update-prompt.tsx';

export function App() {
  return (
    <ThemeProvider>
      <LanguageProvider>
        <SnackbarProvider>
          <SessionProvider>
            <RouterProvider router={router} />
          </SessionProvider>
          {!embedded && <UpdatePrompt />}
        </SnackbarProvider>
      </LanguageProvider>
    </ThemeProvider>
  );
}
