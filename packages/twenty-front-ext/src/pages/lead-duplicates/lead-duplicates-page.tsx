import { useLingui } from '@lingui/react/macro';
import { IconCopy, IconFilterOff } from '@tabler/icons-react';
import { useEffect, useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import { useSearchParams } from 'react-router-dom';
import { Button } from 'twenty-ui/input';
import { Permitted } from '../../app/shell/permitted.tsx';
import type { LeadPairState, PairLineFragment } from '../../generated/graphql.ts';
import { usePairCounts } from '../../parts/leads/use-pair-counts.ts';
import { useLeadWords } from '../../parts/leads/use-lead-words.ts';
import type { LeadWords } from '../../parts/leads/use-lead-words.ts';
import { FormProblem } from '../../ui/form/form-problem.tsx';
import { countText } from '../../ui/format/count-text.ts';
import { useFormat } from '../../ui/format/use-format.tsx';
import { Page } from '../../ui/page/page.tsx';
import { EmptyState } from '../../ui/states/empty-state.tsx';
import { ErrorState } from '../../ui/states/error-state.tsx';
import { PageSkeleton } from '../../ui/states/skeleton.tsx';
import { More } from '../../ui/table/table.tsx';
import { TabList, TabPanel, Tabs } from '../../ui/tabs/tabs.tsx';
import { MergeDialog } from './merge-dialog.tsx';
import {
  countFilters,
  filterVariables,
  NO_FILTERS,
  readPairFilters,
  readState,
  writePairFilters,
} from './pair-filters.ts';
import type { PairFilters } from './pair-filters.ts';
import { PairList } from './pair-list.tsx';
import { PairToolbar } from './pair-toolbar.tsx';
import { useDecide } from './use-decide.ts';
import { keyOf, usePairs } from './use-pairs.ts';
import styles from './lead-duplicates.module.css';

/** Leads that may be one, for somebody of the head office to decide. */
export function Component() {
  const { t } = useLingui();
  return (
    <Permitted permission="leads:manage" otherwise={{ title: t`Duplicates`, Icon: IconCopy }}>
      <DuplicateDesk />
    </Permitted>
  );
}

function DuplicateDesk() {
  const { t } = useLingui();
  const { number } = useFormat();
  const [params, setParams] = useSearchParams();
  const words = useLeadWords();
  const filters = useMemo(() => readPairFilters(params), [params]);
  const state = readState(params);
  const variables = useMemo(() => filterVariables(filters), [filters]);
  const counts = usePairCounts(variables);
  const mark = (count: number | undefined) =>
    count === undefined ? undefined : (
      <span className={styles.count}> {countText(count, number)}</span>
    );
  const tabs: readonly { value: LeadPairState; label: string; mark: ReactNode }[] = [
    { value: 'open', label: t`To decide`, mark: mark(counts?.open) },
    { value: 'later', label: t`Put off`, mark: mark(counts?.later) },
    { value: 'decided', label: t`Decided`, mark: mark(counts?.decided) },
  ];
  const setFilters = (next: PairFilters): void =>
    setParams((before) => writePairFilters(next, before), { replace: true });
  const setState = (next: LeadPairState): void =>
    setParams(
      (before) => {
        const after = new URLSearchParams(before);
        after.set('state', next);
        return after;
      },
      { replace: true },
    );
  return (
    <Page
      title={t`Duplicates`}
      Icon={IconCopy}
      toolbar={<PairToolbar words={words} value={filters} onChange={setFilters} />}
    >
      <Tabs value={state} onChange={setState}>
        <TabList label={t`Duplicates`} tabs={tabs} />
        {tabs.map(({ value }) => (
          <TabPanel key={value} value={value}>
            <PairsOf
              state={value}
              filters={filters}
              words={words}
              count={counts?.[value] ?? 0}
              onClear={() => setFilters(NO_FILTERS)}
            />
          </TabPanel>
        ))}
      </Tabs>
    </Page>
  );
}

interface PairsOfProps {
  readonly state: LeadPairState;
  readonly filters: PairFilters;
  readonly words: LeadWords;
  /** Pairs that there are now, as far as that is known. */
  readonly count: number;
  readonly onClear: () => void;
}

function PairsOf({ state, filters, words, count, onClear }: PairsOfProps) {
  const { t } = useLingui();
  const [merging, setMerging] = useState<string | null>(null);
  const variables = useMemo(() => ({ state, ...filterVariables(filters) }), [state, filters]);
  const { pairs, problem, next, loadingMore, moreProblem, loadMore, reload } = usePairs(variables);
  const decide = useDecide(reload);
  // A list that is read does not change under somebody's hand, but an empty one fills by itself.
  const isBehind = pairs?.length === 0 && count > 0;
  useEffect(() => {
    if (isBehind) void reload();
  }, [isBehind, count, reload]);
  const failed = problem ?? words.problem;
  if (failed !== null)
    return (
      <ErrorState
        problem={failed}
        onRetry={() => {
          void reload();
          words.reload();
        }}
      />
    );
  if (pairs === null || words.rules === null) return <PageSkeleton rows={8} />;
  const merged = pairs.find((pair) => keyOf(pair) === merging);
  return (
    <div className={styles.pairs}>
      {pairs.length === 0 && next === null && empty()}
      {pairs.length > 0 && (
        <PairList
          pairs={pairs}
          words={words}
          onDecide={decide}
          onMerge={(pair: PairLineFragment) => setMerging(keyOf(pair))}
        />
      )}
      <FormProblem problem={moreProblem} />
      <More next={next} busy={loadingMore} onMore={loadMore} />
      {merged !== undefined && (
        <MergeDialog
          pair={merged}
          words={words}
          onStale={reload}
          onClose={() => setMerging(null)}
          onMerged={reload}
        />
      )}
    </div>
  );

  function empty() {
    if (countFilters(filters) > 0)
      return (
        <EmptyState
          Icon={IconFilterOff}
          title={t`No pair fits`}
          text={t`No pair fits the filters.`}
          action={<Button title={t`Clear all filters`} variant="secondary" onClick={onClear} />}
        />
      );
    if (state === 'open')
      return (
        <EmptyState
          Icon={IconCopy}
          title={t`Nothing to decide`}
          text={t`Leads with the same number, the same address or a similar name in the same city appear here.`}
        />
      );
    return (
      <EmptyState
        Icon={IconCopy}
        title={state === 'later' ? t`Nothing was put off` : t`Nothing was decided yet`}
        text={t`What you decide about a pair is found here, and can be taken back unless it was a merge.`}
      />
    );
  }
}
