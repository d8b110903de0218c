// @vitest-environment happy-dom
import { i18n } from '@lingui/core';
import { I18nProvider } from '@lingui/react';
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { MemoryRouter } from 'react-router-dom';
import { ThemeProvider } from 'twenty-ui/theme-constants';
import { afterEach, expect, it, vi } from 'vitest';
import { LeadsToSellDocument } from '../../generated/graphql.ts';
import type { LeadToSellFragment } from '../../generated/graphql.ts';
import { LeadChoice } from './lead-choice.tsx';
import type { LotDraft } from './lot-draft.ts';

const leadOf = (id: string): LeadToSellFragment => ({
  ...{ id, title: `Lead ${id}`, status: 'new', kind: 'new', city: null, niche: null },
  ...{ source: 'cold', amount: null, currency: null, createdAt: '2026-01-05T10:00:00Z' },
  ...{ buyerId: null, changeable: true },
});

/** What the list of the server has on its first page. */
const listed = vi.hoisted(() => ({ ids: ['a', 'b'] }));
vi.mock('@apollo/client/react', () => ({
  useQuery: (document: unknown, { variables }: { variables: { id?: string } }) => ({
    data:
      document === LeadsToSellDocument
        ? { leads: { items: listed.ids.map(leadOf), next: null } }
        : { lead: leadOf(variables.id ?? '') },
    loading: false,
  }),
}));
vi.mock('../../app/shell/tenant.tsx', () => ({ useMay: () => true }));
vi.mock('../../parts/auction/use-auction-words.ts', () => ({
  useAuctionWords: () => ({ source: String, city: String, niche: String }),
}));
vi.mock('../../ui/format/use-format.tsx', () => ({
  useFormat: () => ({ money: String, date: String }),
}));
afterEach(cleanup);

const change = vi.fn<(part: Partial<LotDraft>) => void>();

/** Leads in the order in which they can be chosen, each with whether it is. */
function choicesOf(named: readonly string[]): [string, boolean][] {
  i18n.loadAndActivate({ locale: 'en', messages: {} });
  render(
    <ThemeProvider colorScheme="light">
      <I18nProvider i18n={i18n}>
        <MemoryRouter>
          <LeadChoice
            draft={{ leadIds: named } as LotDraft}
            onChange={change}
            errorOf={() => null}
            named={named}
          />
        </MemoryRouter>
      </I18nProvider>
    </ThemeProvider>,
  );
  return screen
    .getAllByRole<HTMLInputElement>('checkbox')
    .map((box) => [box.parentElement?.textContent ?? '', box.checked]);
}

it('shows the leads that the lot was begun with first, also those far down the list, and once', () => {
  expect(choicesOf(['z', 'b'])).toEqual([
    ['Lead z', true],
    ['Lead b', true],
    ['Lead a', false],
  ]);
});

it('leads to the page of each, and lets one be left out', () => {
  choicesOf(['z']);
  const links = screen.getAllByRole('link').map((link) => link.getAttribute('href'));
  expect(links).toEqual(['/leads/z', '/leads/a', '/leads/b']);
  fireEvent.click(screen.getByRole('checkbox', { name: 'Lead z' }));
  expect(change).toHaveBeenLastCalledWith({ leadIds: [] });
});
