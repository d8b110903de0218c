import { useLingui } from '@lingui/react/macro';
import { IconUserSearch } from '@tabler/icons-react';
import { Permitted } from '../../app/shell/permitted.tsx';
import { useLeadWords } from '../../parts/leads/use-lead-words.ts';
import { Page } from '../../ui/page/page.tsx';
import { ErrorState } from '../../ui/states/error-state.tsx';
import { PageSkeleton } from '../../ui/states/skeleton.tsx';
import { SettingsForm } from './settings-form.tsx';

/** Statuses, lists and rules of leads. */
export function Component() {
  const { t } = useLingui();
  const frame = { title: t`Leads`, Icon: IconUserSearch };
  return (
    <Permitted permission="leads:manage" otherwise={frame}>
      <Page {...frame}>
        <Settings />
      </Page>
    </Permitted>
  );
}

function Settings() {
  const { rules, problem, reload } = useLeadWords();
  if (problem !== null) return <ErrorState problem={problem} onRetry={reload} />;
  if (rules === null) return <PageSkeleton rows={10} />;
  return <SettingsForm seen={rules} />;
}
