import { useLingui } from '@lingui/react/macro';
import { useSearchParams } from 'react-router-dom';
import type { ConnectorLineFragment, SyncJournalKind } from '../../../generated/graphql.ts';
import { SearchField } from '../../../ui/search/search-field.tsx';
import { SelectField } from '../../../ui/form/select-field.tsx';
import { ToolbarField } from '../../../ui/page/toolbar-field.tsx';
import { useRecordTexts } from '../records/record-texts.ts';
import { HistoryList } from './history-list.tsx';
import { ENTRY_KINDS, readFilter, writeFilter } from './history-filter.ts';
import type { HistoryFilter } from './history-filter.ts';
import { useEntryKinds } from './use-entry-kinds.ts';
import styles from '../connector.module.css';

/** What was done, newest first, of all records or of one. */
export function HistoryTab({ connector }: { readonly connector: ConnectorLineFragment }) {
  const { t } = useLingui();
  const [query, setQuery] = useSearchParams();
  const filter = readFilter(query);
  const texts = useRecordTexts();
  const kinds = useEntryKinds(connector.title);
  const change = (part: Partial<HistoryFilter>): void =>
    setQuery(writeFilter({ ...filter, ...part }), { replace: true });
  return (
    <>
      <div className={styles.bar}>
        <ToolbarField>
          <SelectField
            label={t`Kind of records`}
            labelHidden
            value={filter.entity}
            options={[
              { value: '', label: t`Every kind` },
              ...connector.entities.map(({ name }) => ({ value: name, label: texts.kind(name) })),
            ]}
            onChange={(entity) => change({ entity })}
          />
        </ToolbarField>
        <ToolbarField>
          <SelectField<SyncJournalKind | ''>
            label={t`What was done`}
            labelHidden
            value={filter.kind}
            options={[
              { value: '', label: t`Everything` },
              ...ENTRY_KINDS.map((value) => ({ value, label: kinds[value] })),
            ]}
            onChange={(kind) => change({ kind })}
          />
        </ToolbarField>
        <div className={styles.search}>
          <SearchField
            label={t`Id of a record in MaK`}
            value={filter.record}
            onChange={(record) => change({ record: record.trim() })}
          />
        </div>
      </div>
      <HistoryList connector={connector} filter={filter} />
    </>
  );
}
