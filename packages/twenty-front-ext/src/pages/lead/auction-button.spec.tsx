// @vitest-environment happy-dom
import { i18n } from '@lingui/core';
import { I18nProvider } from '@lingui/react';
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { MemoryRouter, useLocation } from 'react-router-dom';
import { ThemeProvider } from 'twenty-ui/theme-constants';
import { afterEach, expect, it, vi } from 'vitest';
import type { LeadDetailFragment } from '../../generated/graphql.ts';
import { AuctionButton } from './auction-button.tsx';

const may = vi.hoisted(() => new Set<string>());
vi.mock('../../app/shell/tenant.tsx', () => ({ useMay: (one: string) => may.has(one) }));
afterEach(() => {
  cleanup();
  may.clear();
});

const LEAD = { id: 'l', kind: 'working', buyerId: null, changeable: true } as LeadDetailFragment;

function Where() {
  const { pathname, search } = useLocation();
  return <output>{pathname + search}</output>;
}

function show(lead: LeadDetailFragment): HTMLElement | null {
  i18n.loadAndActivate({ locale: 'en', messages: {} });
  render(
    <ThemeProvider colorScheme="light">
      <I18nProvider i18n={i18n}>
        <MemoryRouter>
          <AuctionButton lead={lead} />
          <Where />
        </MemoryRouter>
      </I18nProvider>
    </ThemeProvider>,
  );
  return screen.queryByRole('button');
}

it('leads whoever sells to a new lot with the lead in it', () => {
  may.add('auction:sell');
  const button = show(LEAD);
  if (button === null) throw new Error('There is no button.');
  fireEvent.click(button);
  expect(screen.getByRole('status').textContent).toBe('/auction/new?leads=l');
});

it('is not there for who may not sell, nor for a lead that somebody has or that is offered', () => {
  expect(show(LEAD)).toBeNull();
  may.add('auction:sell');
  for (const change of [{ buyerId: 'b' }, { changeable: false }, { kind: 'auction' as const }]) {
    cleanup();
    expect(show({ ...LEAD, ...change })).toBeNull();
  }
});
