import { Trans, useLingui } from '@lingui/react/macro';
import { useMemo, useState } from 'react';
import type { CompactTruthRow, PipelineDefinition, TruthRow } from 'twenty-mak-domain';
import { Button } from 'twenty-ui/input';
import { SelectField } from '../../../ui/form/select-field.tsx';
import { useFormat } from '../../../ui/format/use-format.tsx';
import { Skeleton } from '../../../ui/states/skeleton.tsx';
import { useTable } from '../check/use-check.ts';
import { useEditor } from '../draft/editor-context.ts';
import { Section } from '../items/section.tsx';
import { StageTag } from '../../../parts/pipelines/stage-tag.tsx';
import { ANY, filterFrom, filtersOf } from './table-filter.ts';
import type { TableFilter } from './table-filter.ts';
import styles from './verify.module.css';

const PAGE = 50;

/** Every combination of facts and the stage that follows from it. */
export function TruthTable() {
  const { t } = useLingui();
  const { definition, check } = useEditor();
  const { number } = useFormat();
  const [compact, setCompact] = useState(true);
  const [filter, setFilter] = useState<TableFilter>({});
  const [page, setPage] = useState(0);
  const query = useMemo(
    () => ({ compact, offset: page * PAGE, limit: PAGE, where: filterFrom(filter) }),
    [compact, filter, page],
  );
  const table = useTable(check, definition, query);
  const total = table?.total ?? 0;
  const from = page * PAGE + 1;
  const to = Math.min(total, (page + 1) * PAGE);
  const choose = (name: string, value: string): void => {
    setPage(0);
    setFilter({ ...filter, [name]: value });
  };
  const labels = { true: t`true`, false: t`false`, any: t`any`, other: t`another or none` };
  return (
    <Section
      title={t`Truth table`}
      text={
        compact ? (
          <Trans>
            Each line stands for all combinations in which the facts that are not named may be
            anything.
          </Trans>
        ) : (
          <Trans>Each line is one combination of facts.</Trans>
        )
      }
    >
      <div className={styles.filters}>
        <SelectField<'compact' | 'all'>
          label={t`Lines`}
          value={compact ? 'compact' : 'all'}
          options={[
            { value: 'compact', label: t`Only what decides` },
            { value: 'all', label: t`All combinations` },
          ]}
          onChange={(value) => {
            setPage(0);
            setCompact(value === 'compact');
          }}
        />
        {!compact &&
          check.compiled !== null &&
          filtersOf(check.compiled).map(({ name, label, values }) => (
            <SelectField
              key={name}
              label={label ?? t`Stage`}
              value={filter[name] ?? ANY}
              options={[
                { value: ANY, label: labels.any },
                ...values.map(({ value, title }) => ({
                  value,
                  label:
                    title ??
                    (value === 'true'
                      ? labels.true
                      : value === 'false'
                        ? labels.false
                        : labels.other),
                })),
              ]}
              onChange={(value) => choose(name, value)}
            />
          ))}
      </div>
      {table === null ? (
        <Skeleton height={200} />
      ) : (
        <TableRows rows={table.rows} definition={definition} />
      )}
      <div className={styles.pager}>
        <span role="status">
          {total === 0 ? (
            <Trans>No combination fits.</Trans>
          ) : (
            <Trans>
              {number(from)} to {number(to)} of {number(total)}
            </Trans>
          )}
        </span>
        <Button
          title={t`Previous`}
          variant="secondary"
          size="small"
          disabled={page === 0}
          onClick={() => setPage(page - 1)}
        />
        <Button
          title={t`Next`}
          variant="secondary"
          size="small"
          disabled={to >= total}
          onClick={() => setPage(page + 1)}
        />
      </div>
    </Section>
  );
}

function TableRows({
  rows,
  definition,
}: {
  readonly rows: readonly (TruthRow | CompactTruthRow)[];
  readonly definition: PipelineDefinition;
}) {
  const { t } = useLingui();
  const { number } = useFormat();
  const counted = rows.some((row) => 'vectors' in row);
  const systems = [...new Set(rows.flatMap(({ domains }) => Object.keys(domains)))];
  const mark = (value: boolean | undefined): string =>
    value === undefined ? '' : value ? '✓' : '–';
  const said = (value: boolean | undefined): string =>
    value === undefined ? t`any` : value ? t`true` : t`false`;
  return (
    <div className={styles.wide}>
      <table className={styles.table}>
        <thead>
          <tr>
            {definition.gates.map(({ key, code, title }) => (
              <th key={key} scope="col" title={title}>
                {code ?? key}
              </th>
            ))}
            {systems.map((system) => (
              <th key={system} scope="col">
                {system}
              </th>
            ))}
            <th scope="col">{t`Stage`}</th>
            {counted && <th scope="col">{t`Combinations`}</th>}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={JSON.stringify([row.gates, row.domains])}>
              {definition.gates.map(({ key }) => (
                <td key={key} data-fact>
                  <span aria-hidden>{mark(row.gates[key])}</span>
                  <span className="visually-hidden">{said(row.gates[key])}</span>
                </td>
              ))}
              {systems.map((system) => (
                <td key={system}>
                  {Object.hasOwn(row.domains, system) ? (row.domains[system] ?? t`other`) : ''}
                </td>
              ))}
              <td>
                <StageTag pipeline={definition} stage={row.stage} />
              </td>
              {counted && <td data-number>{'vectors' in row ? number(row.vectors) : ''}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
