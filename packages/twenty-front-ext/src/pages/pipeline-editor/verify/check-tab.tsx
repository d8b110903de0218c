import { Trans, useLingui } from '@lingui/react/macro';
import { IconCircleCheck, IconLoader2 } from '@tabler/icons-react';
import { LightButton } from 'twenty-ui/input';
import { useFormat } from '../../../ui/format/use-format.tsx';
import { useNoteText } from '../check/finding-text.ts';
import { SeverityIcon } from '../check/note-list.tsx';
import { worst } from '../check/notes.ts';
import type { Note } from '../check/notes.ts';
import { useEditor } from '../draft/editor-context.ts';
import { Section } from '../items/section.tsx';
import { tabOf } from '../tabs.ts';
import type { EditorTab } from '../tabs.ts';
import { Confirmations } from './confirmations.tsx';
import styles from './verify.module.css';
import { StageCounts } from './stage-counts.tsx';
import { TruthTable } from './truth-table.tsx';

/** What the verifier says, and what follows from every combination of facts. */
export function CheckTab({ onOpen }: { readonly onOpen: (tab: EditorTab) => void }) {
  const { t } = useLingui();
  const { check } = useEditor();
  return (
    <>
      <Section title={t`Check`}>
        <Summary />
        <ul className={styles.findings}>
          {check.notes
            .filter(({ code }) => code !== 'regression')
            .map((note) => (
              <FindingRow
                key={`${note.code} ${note.field} ${note.reason}`}
                note={note}
                onOpen={onOpen}
              />
            ))}
        </ul>
      </Section>
      <Confirmations />
      {check.compiled !== null && (
        <>
          <StageCounts />
          <TruthTable />
        </>
      )}
    </>
  );
}

function Summary() {
  const { check } = useEditor();
  const { number } = useFormat();
  const { verification, refusals, notes } = check;
  const vectors = number(verification?.vectors ?? 0);
  if (refusals.length > 0) {
    return (
      <p className={styles.verdict} role="status">
        <SeverityIcon severity="error" />
        <Trans>This cannot be saved yet. Correct what is listed here.</Trans>
      </p>
    );
  }
  if (verification === null) {
    return (
      <p className={styles.verdict} role="status">
        <IconLoader2 size={14} aria-hidden />
        <Trans>Every combination of facts is looked at …</Trans>
      </p>
    );
  }
  return (
    <p className={styles.verdict} role="status">
      {verification.publishable ? (
        <IconCircleCheck size={14} className={styles.good} aria-hidden />
      ) : (
        <SeverityIcon severity={worst(notes) ?? 'info'} />
      )}
      {verification.publishable ? (
        <Trans>This can be published. {vectors} combinations of facts were looked at.</Trans>
      ) : (
        <Trans>
          This cannot be published yet, but saved. {vectors} combinations of facts were looked at.
        </Trans>
      )}
    </p>
  );
}

function FindingRow({
  note,
  onOpen,
}: {
  readonly note: Note;
  readonly onOpen: (tab: EditorTab) => void;
}) {
  const { t } = useLingui();
  const { definition } = useEditor();
  const textOf = useNoteText();
  const names: Readonly<Record<EditorTab, string>> = {
    stages: t`Stages`,
    gates: t`Gates`,
    events: t`Events`,
    rules: t`Rules`,
    timers: t`Timers`,
    check: t`Check`,
    try: t`What if`,
    versions: t`Versions`,
  };
  const tab = tabOf(note.field);
  const place = placeOf(note.field, definition);
  return (
    <li className={styles.finding}>
      <SeverityIcon severity={note.severity} />
      <div>
        <p>{textOf(note)}</p>
        {place !== null && <p className={styles.place}>{place}</p>}
      </div>
      {tab !== null && <LightButton title={names[tab]} onClick={() => onOpen(tab)} />}
    </li>
  );
}

/** Where a finding is, in words a person knows: the rule's text, else the path. */
function placeOf(
  field: string | undefined,
  { rules }: { readonly rules: readonly { readonly when: string }[] },
): string | null {
  if (field === undefined || field === '') return null;
  const [list, index] = field.split('.');
  const when = list === 'rules' ? rules[Number(index)]?.when : undefined;
  return when === undefined || when === '' ? field : when;
}
