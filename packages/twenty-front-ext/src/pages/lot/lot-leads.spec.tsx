// @vitest-environment happy-dom
import { i18n } from '@lingui/core';
import { I18nProvider } from '@lingui/react';
import { cleanup, render, screen } from '@testing-library/react';
import { MemoryRouter } from 'react-router-dom';
import { ThemeProvider } from 'twenty-ui/theme-constants';
import { afterEach, expect, it, vi } from 'vitest';
import type { LotLineFragment } from '../../generated/graphql.ts';
import { LotLeads } from './lot-leads.tsx';

vi.mock('../../app/shell/tenant.tsx', () => ({ useMay: (one: string) => one === 'leads:read' }));
vi.mock('../../parts/auction/lead-facts.tsx', () => ({ LeadFacts: () => null }));
afterEach(cleanup);

/** Addresses of the links beside the leads of such a lot. */
function linksOf(leadId: string | null, outcome: LotLineFragment['outcome']): (string | null)[] {
  i18n.loadAndActivate({ locale: 'en', messages: {} });
  const lot = { leads: [{ leadId }], leadCount: 1, currency: 'EUR', outcome } as LotLineFragment;
  render(
    <ThemeProvider colorScheme="light">
      <I18nProvider i18n={i18n}>
        <MemoryRouter>
          <LotLeads lot={lot} />
        </MemoryRouter>
      </I18nProvider>
    </ThemeProvider>,
  );
  return screen.queryAllByRole('link').map((link) => link.getAttribute('href'));
}

it('leads the seller and the head office to the lead, and nobody who is not told which it is', () => {
  expect(linksOf('l', null)).toEqual(['/leads/l']);
  cleanup();
  expect(linksOf(null, null)).toEqual([]);
});

it('leaves the winner to the card with the contacts', () => {
  const won = { kind: 'sold', isOwn: true } as LotLineFragment['outcome'];
  expect(linksOf('l', won)).toEqual([]);
});
