// @vitest-environment happy-dom
import { i18n } from '@lingui/core';
import { I18nProvider } from '@lingui/react';
import { cleanup, render, screen } from '@testing-library/react';
import { MemoryRouter, Route, Routes, useLocation } from 'react-router-dom';
import { afterEach, expect, it, vi } from 'vitest';
import { FirstPage } from './first-page.tsx';

const { may, company } = vi.hoisted(() => ({ may: new Set<string>(), company: { is: false } }));
vi.mock('./tenant.tsx', () => ({ useMay: (one: string) => may.has(one) }));
vi.mock('./is-company.ts', () => ({ useIsCompany: () => company.is }));
afterEach(cleanup);

function Where() {
  return <output>{useLocation().pathname}</output>;
}

it.each([
  ['the office as we ship it', false, ['deals:read', 'leads:read'], '/board'],
  ['an office role that sees leads only', false, ['leads:read', 'auction:read'], '/leads'],
  ['a company as we ship it', true, ['deals:read', 'company:manage'], '/home'],
  ['a company that may not run itself', true, ['auction:read', 'auction:bid'], '/auction'],
  ['a role that sees nothing', false, [], '/board'],
])('%s begins where it may be', (_who, isCompany, permissions, path) => {
  i18n.loadAndActivate({ locale: 'en', messages: {} });
  may.clear();
  for (const one of permissions) may.add(one);
  company.is = isCompany;
  render(
    <I18nProvider i18n={i18n}>
      <MemoryRouter initialEntries={['/']}>
        <Routes>
          <Route index element={<FirstPage />} />
          <Route path="*" element={<Where />} />
        </Routes>
      </MemoryRouter>
    </I18nProvider>,
  );
  expect(screen.getByRole('status').textContent).toBe(path);
});
