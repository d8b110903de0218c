import { describe, expect, it } from 'vitest';
import { checkStageTable, readMove, statusToWrite } from './stage-table.ts';
import type { StageTable } from './stage-table.ts';

const TABLE: StageTable = {
  statusOf: { lead: 'new', qualified: 'new', offer: 'proposal' },
  eventOf: { sent: 'offer.sent' },
};
const STATUSES = ['new', 'proposal', 'sent', 'lost'];

describe('checkStageTable', () => {
  it('accepts what exists', () => {
    expect(checkStageTable(TABLE, ['lead', 'qualified', 'offer'], STATUSES)).toEqual({
      ok: true,
      value: TABLE,
    });
  });

  it.each([
    ['unknown_stage', 'status_of.offer', ['lead', 'qualified'], STATUSES],
    ['unknown_status', 'status_of.lead', ['lead', 'qualified', 'offer'], ['proposal', 'sent']],
    ['unknown_status', 'event_of.sent', ['lead', 'qualified', 'offer'], ['new', 'proposal']],
  ])('refuses with %s at %s', (code, field, stages, statuses) => {
    const decided = checkStageTable(TABLE, stages, statuses);
    expect(decided).toMatchObject({ ok: false, refusal: { code, field } });
    expect(decided).toMatchSnapshot();
  });
});

describe('readMove', () => {
  it('is none when the status shows the stage, which several may share', () => {
    expect(readMove(TABLE, 'lead', 'new', null)).toEqual({ kind: 'none' });
    expect(readMove(TABLE, 'qualified', 'new', 'proposal')).toEqual({ kind: 'none' });
  });

  it('is none when nobody moved the record', () => {
    expect(readMove(TABLE, 'offer', 'lost', 'lost')).toEqual({ kind: 'none' });
  });

  it('records the fact that the status stands for', () => {
    expect(readMove(TABLE, 'offer', 'sent', 'proposal')).toEqual({
      kind: 'fact',
      eventType: 'offer.sent',
    });
  });

  it('is a stage of that system when it stands for nothing', () => {
    expect(readMove(TABLE, 'offer', 'lost', 'proposal')).toEqual({
      kind: 'domain_stage',
      status: 'lost',
    });
  });
});

describe('statusToWrite', () => {
  it('is the status of the stage, unless it is shown already', () => {
    expect(statusToWrite(TABLE, 'offer', 'new')).toBe('proposal');
    expect(statusToWrite(TABLE, 'offer', 'proposal')).toBeNull();
  });

  it('is none for a stage that no status shows', () => {
    expect(statusToWrite(TABLE, 'won', 'proposal')).toBeNull();
  });
});
