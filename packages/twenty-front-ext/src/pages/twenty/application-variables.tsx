import { useLingui } from '@lingui/react/macro';
import { useTenant } from '../../app/shell/tenant.tsx';
import { TextField } from '../../ui/form/text-field.tsx';
import { FieldPair, Section } from '../../ui/section/section.tsx';

/** What the application in twenty is told about this MaK. */
export function ApplicationVariables() {
  const { t } = useLingui();
  const { key } = useTenant();
  return (
    <Section
      title={t`The application in twenty`}
      text={t`Its settings in twenty need these two values.`}
    >
      <FieldPair>
        <TextField
          label={t`Address of MaK`}
          readOnly
          value={location.origin}
          onChange={ignore}
          onFocus={selectAll}
        />
        <TextField
          label={t`Key of the company`}
          readOnly
          value={key}
          onChange={ignore}
          onFocus={selectAll}
        />
      </FieldPair>
    </Section>
  );
}

function ignore(): void {
  // It can only be read and copied.
}

function selectAll({ target }: { readonly target: HTMLInputElement }): void {
  target.select();
}
