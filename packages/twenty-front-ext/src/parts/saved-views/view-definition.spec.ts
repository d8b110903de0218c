import { describe, expect, it } from 'vitest';
import { NO_FILTERS } from '../deal-filters/deal-filters.ts';
import { readView, writeView } from './view-definition.ts';
import type { ViewState } from './view-definition.ts';

const STATE: ViewState = {
  filters: { ...NO_FILTERS, stages: ['draft'], runStatus: 'breached', amountFrom: 5 },
  sort: '-amount',
  groupBy: 'business',
  columns: [
    { key: 'name', width: 200, visible: true },
    { key: 'owner', visible: false },
  ],
};

describe('views', () => {
  it('are read as they were written, through JSON', () => {
    expect(readView(JSON.parse(JSON.stringify(writeView(STATE))))).toEqual(STATE);
    const plain = { filters: NO_FILTERS, sort: null, groupBy: null, columns: null };
    expect(readView(writeView(plain))).toEqual(plain);
  });

  it.each([null, 7, {}, { filter: 1, sort: 2, groupBy: 'x', columns: [{}, 'y'] }])(
    'keep nothing that makes no sense: %j',
    (definition) => {
      const view = readView(definition);
      expect({ ...view, columns: view.columns ?? [] }).toEqual({
        filters: NO_FILTERS,
        sort: null,
        groupBy: null,
        columns: [],
      });
    },
  );
});
