import { memberOf } from '../../../app/data/member-of.ts';
import type { SyncEntryFragment, SyncJournalKind } from '../../../generated/graphql.ts';

export interface Written {
  readonly field: string;
  readonly value: unknown;
  /** What the journal knows of before; undefined when it does not. */
  readonly before: unknown;
}

/** What an entry says, by its kind. */
export type EntryDetail =
  | { readonly kind: 'written'; readonly fields: readonly Written[] }
  /** What a dry run found to do. */
  | {
      readonly kind: 'planned';
      readonly toMak: readonly Written[];
      readonly toRemote: readonly Written[];
    }
  | {
      readonly kind: 'conflict';
      readonly field: string;
      readonly mak: unknown;
      readonly remote: unknown;
      readonly winner: string;
      readonly critical: boolean;
    }
  | {
      readonly kind: 'refusal';
      readonly code: string;
      readonly reason: string;
      readonly field: string | null;
    };

/**
 * Details of entries, newest first. What a field was before is what an older entry of the same record has written, which can be
 * known only if no kind of entry is left out.
 */
export function entryDetails(
  entries: readonly Pick<SyncEntryFragment, 'entity' | 'localId' | 'kind' | 'detail'>[],
  complete: boolean,
): readonly EntryDetail[] {
  const known = new Map<string, unknown>();
  const details = entries.toReversed().map(({ entity, localId, kind, detail }): EntryDetail => {
    if (!isWrite(kind)) return otherDetail(kind, detail);
    const fields = Object.entries(isObject(detail) ? detail : {}).map(([field, value]) => {
      const place = JSON.stringify([entity, localId, field]);
      const before = localId === null || !complete ? undefined : known.get(place);
      known.set(place, value);
      return { field, value, before };
    });
    return { kind: 'written', fields };
  });
  return details.toReversed();
}

function isWrite(kind: SyncJournalKind): boolean {
  return kind === 'to_mak' || kind === 'to_remote';
}

function otherDetail(kind: SyncJournalKind, detail: unknown): EntryDetail {
  if (kind === 'would_write')
    return {
      kind: 'planned',
      toMak: plannedFields(memberOf(detail, 'to_mak')),
      toRemote: plannedFields(memberOf(detail, 'to_remote')),
    };
  const field = textOf(detail, 'field');
  if (kind === 'conflict')
    return {
      kind: 'conflict',
      field: field ?? '',
      mak: memberOf(detail, 'mak'),
      remote: memberOf(detail, 'remote'),
      winner: textOf(detail, 'winner') ?? '',
      critical: memberOf(detail, 'critical') === true,
    };
  const [code, reason] = [textOf(detail, 'code') ?? '', textOf(detail, 'reason') ?? ''];
  return { kind: 'refusal', code, reason, field };
}

function plannedFields(values: unknown): readonly Written[] {
  return Object.entries(isObject(values) ? values : {}).map(([field, value]) => ({
    field,
    value,
    before: undefined,
  }));
}

function textOf(detail: unknown, name: string): string | null {
  const value = memberOf(detail, name);
  return typeof value === 'string' ? value : null;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
