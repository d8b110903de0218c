import { useLingui } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import { Button } from 'twenty-ui/input';
import type { Versioned } from '../../app/data/save-versioned.ts';
import { ValuesConflict } from '../../ui/conflict/values-conflict.tsx';
import { Form } from '../../ui/form/form.tsx';
import { SectionActions, Sections } from '../../ui/section/section.tsx';
import type { VersionedFormState } from './use-versioned-form.ts';

interface VersionedFormProps<T extends Versioned> {
  readonly form: VersionedFormState<T>;
  readonly labels: Readonly<Record<keyof T, string>>;
  /** A value in words, to compare two of them. */
  readonly show: (values: Partial<T>, field: keyof T) => string;
  /** What the button says; "Save" when it is left out. */
  readonly action?: string;
  /** The person may not save. */
  readonly readOnly?: boolean;
  /** Why what is typed cannot be saved yet. */
  readonly obstacle?: string | null;
  readonly children: ReactNode;
}

/** Sections that are saved together, and the choice when somebody else has saved other values meanwhile. */
export function VersionedForm<T extends Versioned>({
  form,
  labels,
  show,
  action,
  readOnly = false,
  obstacle = null,
  children,
}: VersionedFormProps<T>) {
  const { t } = useLingui();
  const { problem, busy, conflict, isChanged } = form;
  return (
    <Form problem={problem} onSubmit={form.save}>
      <Sections>
        {children}
        {isChanged && obstacle !== null && <p role="status">{obstacle}</p>}
        {!readOnly && (
          <SectionActions>
            <Button
              type="submit"
              title={action ?? t`Save`}
              variant="primary"
              accent="blue"
              disabled={busy || !isChanged || obstacle !== null}
            />
            {isChanged && (
              <Button
                type="button"
                title={t`Discard changes`}
                variant="secondary"
                onClick={form.discard}
              />
            )}
          </SectionActions>
        )}
      </Sections>
      {conflict !== null && (
        <ValuesConflict
          rows={conflict.fields.map((field) => ({
            label: labels[field],
            mine: show(conflict.changes, field),
            theirs: show(conflict.now, field),
          }))}
          onKeepMine={() => void form.keepMine()}
          onTakeTheirs={() => void form.takeTheirs()}
        />
      )}
    </Form>
  );
}
