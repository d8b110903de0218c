import { useLingui } from '@lingui/react/macro';
import { useRef, useState } from 'react';
import type { KeyboardEvent, ReactNode } from 'react';
import { useTenant } from '../../app/shell/tenant.tsx';
import type { EditableDealFragment } from '../../generated/graphql.ts';
import { TextField } from '../../ui/form/text-field.tsx';
import { useTextProblem } from '../../ui/form/use-text-problem.ts';
import { moneyText, readMoney } from '../../ui/format/money-text.ts';
import { ClientPicker } from '../clients/client-picker.tsx';
import { PersonPicker } from '../people/person-picker.tsx';
import { useFieldNames } from './conflict-dialog.tsx';
import { changeTo } from './deal-change.ts';
import type { DealChange, DealField } from './deal-change.ts';
import type { SaveDeal } from './use-deal-edits.tsx';
import styles from './deal-edits.module.css';

interface FieldEditorProps {
  readonly deal: EditableDealFragment;
  readonly onSave: (change: DealChange) => void;
  readonly onClose: () => void;
}

/**
 * Input in place of a value: Enter and leaving it save, Escape does not. What is saved is a change of the deal as it was when
 * the editing began, so that nobody overwrites what arrived meanwhile without being asked.
 */
export function FieldEditor({
  field,
  deal,
  onSave,
  onClose,
}: Omit<FieldEditorProps, 'onSave'> & { readonly field: DealField; readonly onSave: SaveDeal }) {
  const [seen] = useState(deal);
  const props = { deal: seen, onSave: (change: DealChange) => onSave(seen, change), onClose };
  switch (field) {
    case 'name':
      return <NameEditor {...props} />;
    case 'amount':
      return <AmountEditor {...props} />;
    case 'owner':
      return <OwnerEditor {...props} />;
    case 'client':
      return <ClientEditor {...props} />;
  }
}

function NameEditor({ deal, onSave, onClose }: FieldEditorProps) {
  const { t } = useLingui();
  const names = useFieldNames();
  return (
    <TypedEditor
      label={names.name}
      initial={deal.name ?? ''}
      maxLength={500}
      read={(text) => {
        const name = text.trim();
        return name === '' ? null : { field: 'name', value: name };
      }}
      wrong={t`A deal needs a name.`}
      onSave={onSave}
      onClose={onClose}
    />
  );
}

function AmountEditor({ deal, onSave, onClose }: FieldEditorProps) {
  const { t } = useLingui();
  const tenant = useTenant();
  const names = useFieldNames();
  const currency = deal.currency ?? tenant.currency;
  return (
    <TypedEditor
      label={`${names.amount}, ${currency}`}
      initial={deal.amount === null ? '' : moneyText(deal.amount, currency)}
      inputMode="decimal"
      read={(text) => {
        if (text.trim() === '') return { field: 'amount', value: null };
        const amount = readMoney(text, currency);
        return amount === null ? null : { field: 'amount', value: { amount, currency } };
      }}
      wrong={t`Type an amount, e.g. 1500.`}
      onSave={onSave}
      onClose={onClose}
    />
  );
}

interface TypedEditorProps {
  readonly label: string;
  readonly initial: string;
  readonly inputMode?: 'decimal';
  readonly maxLength?: number;
  /** The change that was typed; null when it makes no sense. */
  readonly read: (text: string) => DealChange | null;
  readonly wrong: string;
  readonly onSave: (change: DealChange) => void;
  readonly onClose: () => void;
}

function TypedEditor({ label, initial, read, wrong, onSave, onClose, ...input }: TypedEditorProps) {
  const [typed, setTyped] = useState(initial);
  const [tried, setTried] = useState(false);
  // Enter closes the input, and a closed input is left: it must save once only.
  const done = useRef(false);
  const unfit = useTextProblem(typed, input.maxLength) !== null;
  const change = unfit ? null : read(typed);
  const save = (): void => {
    if (done.current) return;
    if (change === null) {
      setTried(true);
      return;
    }
    done.current = true;
    if (typed !== initial) onSave(change);
    onClose();
  };
  const cancel = (): void => {
    done.current = true;
    onClose();
  };
  return (
    <EditorFrame onCancel={cancel}>
      <TextField
        label={label}
        labelHidden
        {...input}
        ref={selectAll}
        value={typed}
        error={tried && !unfit && change === null ? wrong : null}
        onChange={setTyped}
        onBlur={save}
        onKeyDown={({ key }) => {
          if (key === 'Enter') save();
        }}
      />
    </EditorFrame>
  );
}

function OwnerEditor({ deal, onSave, onClose }: FieldEditorProps) {
  const names = useFieldNames();
  const before = changeTo(deal, 'owner');
  return (
    <EditorFrame onCancel={onClose}>
      <PersonPicker
        label={names.owner}
        labelHidden
        focused
        value={before.field === 'owner' ? before.value : null}
        onChange={(value) => {
          onSave({ field: 'owner', value });
          onClose();
        }}
        onLeave={onClose}
      />
    </EditorFrame>
  );
}

function ClientEditor({ deal, onSave, onClose }: FieldEditorProps) {
  const names = useFieldNames();
  const before = changeTo(deal, 'client');
  return (
    <EditorFrame onCancel={onClose}>
      <ClientPicker
        label={names.client}
        labelHidden
        focused
        value={before.field === 'client' ? before.value : null}
        onChange={(value) => {
          onSave({ field: 'client', value });
          onClose();
        }}
        onLeave={onClose}
      />
    </EditorFrame>
  );
}

function EditorFrame({
  onCancel,
  children,
}: {
  readonly onCancel: () => void;
  readonly children: ReactNode;
}) {
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    onCancel();
  };
  return (
    <div role="presentation" className={styles.editor} onKeyDown={onKeyDown}>
      {children}
    </div>
  );
}

function selectAll(input: HTMLInputElement | null): void {
  input?.focus();
  input?.select();
}
