import { useApolloClient } from '@apollo/client/react';
import { useLingui } from '@lingui/react/macro';
import { IconArrowRight, IconChevronDown } from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'react-router-dom';
import { problemOf } from '../../app/data/problem.ts';
import { useMay } from '../../app/shell/tenant.tsx';
import { MoveLeadDocument } from '../../generated/graphql.ts';
import type { LeadDetailFragment } from '../../generated/graphql.ts';
import { LeadStatus } from '../../parts/leads/lead-status.tsx';
import type { LeadWords } from '../../parts/leads/use-lead-words.ts';
import { useFormat } from '../../ui/format/use-format.tsx';
import { Menu, MenuItem } from '../../ui/menu/menu.tsx';
import { useSnackbar } from '../../ui/snackbar/snackbar.tsx';
import { useProblemText } from '../../ui/states/problem-text.ts';
import { ToolbarButton } from '../../ui/toolbar-button/toolbar-button.tsx';
import { ReasonDialog } from './reason-dialog.tsx';
import { useReadLead } from './use-lead.ts';
import styles from './lead-page.module.css';

interface LeadStateProps {
  readonly lead: LeadDetailFragment;
  readonly words: LeadWords;
}

/** The status of a lead, since when, and where it may go from there. */
export function LeadState({ lead, words }: LeadStateProps) {
  const { t } = useLingui();
  const format = useFormat();
  const snackbar = useSnackbar();
  const textOf = useProblemText();
  const move = useMove(lead);
  // The status that waits for a reason.
  const [asked, setAsked] = useState<string | null>(null);
  const [mayWrite, maySeeLots] = [useMay('leads:write'), useMay('auction:read')];
  const title = words.titleOf('statuses', lead.status) ?? lead.status;
  const since = format.dateTime(lead.statusSince);
  const possible = lead.facts.possibleStatuses;
  const choose = (status: string): void => {
    const needed = words.rules?.statuses.find(({ key }) => key === status)?.reasonNeeded ?? false;
    if (needed) setAsked(status);
    else move(status, null).catch((error: unknown) => snackbar.error(textOf(problemOf(error))));
  };
  return (
    <div className={styles.state}>
      <LeadStatus kind={lead.kind} title={title} />
      <span className={styles.quiet}>{t`since ${since}`}</span>
      {maySeeLots && lead.lotId !== null && (
        <Link to={`/auction/${lead.lotId}`}>{t`Open the lot`}</Link>
      )}
      {mayWrite && possible.length > 0 && (
        <Menu
          trigger={
            <ToolbarButton>
              <IconArrowRight size={16} aria-hidden />
              <span>{t`Move to`}</span>
              <IconChevronDown size={14} aria-hidden />
            </ToolbarButton>
          }
        >
          {possible.map((status) => (
            <MenuItem key={status} onSelect={() => choose(status)}>
              {words.titleOf('statuses', status)}
            </MenuItem>
          ))}
        </Menu>
      )}
      {asked !== null && (
        <ReasonDialog
          title={words.titleOf('statuses', asked) ?? asked}
          onMove={(reason) => move(asked, reason)}
          onClose={() => setAsked(null)}
        />
      )}
    </div>
  );
}

/** Moves the lead. Somebody's edit meanwhile does not matter to it, a move of somebody else does. */
function useMove(lead: LeadDetailFragment) {
  const { t } = useLingui();
  const client = useApolloClient();
  const snackbar = useSnackbar();
  const read = useReadLead(lead.id);
  const send = async (version: number, status: string, reason: string | null): Promise<void> => {
    await client.mutate({
      mutation: MoveLeadDocument,
      variables: { id: lead.id, status, version, reason },
    });
  };
  return async (status: string, reason: string | null): Promise<void> => {
    try {
      await send(lead.version, status, reason);
    } catch (error) {
      if (problemOf(error).code !== 'stale_version') throw error;
      const now = await read();
      if (now.status !== lead.status) throw error;
      await send(now.version, status, reason);
    }
    snackbar.success(t`Moved`);
  };
}
