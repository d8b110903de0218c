// @vitest-environment happy-dom
import { i18n } from '@lingui/core';
import { I18nProvider } from '@lingui/react';
import { cleanup, render, screen } from '@testing-library/react';
import type { ReactNode } from 'react';
import { ThemeProvider } from 'twenty-ui/theme-constants';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Problem } from '../data/problem.ts';
import { SubmitButton } from './submit-button.tsx';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

function Frame({ children }: { readonly children: ReactNode }) {
  i18n.loadAndActivate({ locale: 'en', messages: {} });
  return (
    <ThemeProvider colorScheme="light">
      <I18nProvider i18n={i18n}>{children}</I18nProvider>
    </ThemeProvider>
  );
}

/** The refusal comes half a second after the button was drawn. */
function refuse(problem: Problem): HTMLButtonElement {
  const { rerender } = render(<SubmitButton title="Sign in" problem={null} busy={false} />, {
    wrapper: Frame,
  });
  vi.setSystemTime(Date.now() + 500);
  rerender(<SubmitButton title="Sign in" problem={problem} busy={false} />);
  return screen.getByRole<HTMLButtonElement>('button');
}

it('may be pressed again at once after a wrong password', () => {
  const button = refuse(new Problem('invalid_email_or_password', '', { status: 401 }));
  expect(button.disabled).toBe(false);
  expect(button.textContent).toBe('Sign in');
});

it('counts down after too many attempts', () => {
  const button = refuse(
    new Problem('too_many_requests', '', { status: 429, details: { retry_after: 42 } }),
  );
  expect(button.disabled).toBe(true);
  expect(button.textContent).toContain('43');
});
