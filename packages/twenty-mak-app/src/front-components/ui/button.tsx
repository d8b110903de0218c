import { theme } from './theme.ts';

interface ButtonProps {
  readonly title: string;
  readonly onClick: () => void;
  readonly primary?: boolean;
  readonly disabled?: boolean;
}

export function Button({ title, onClick, primary = false, disabled = false }: ButtonProps) {
  return (
    <button
      type="button"
      disabled={disabled}
      onClick={onClick}
      style={{
        padding: '6px 12px',
        border: `1px solid ${primary ? theme.accent : theme.border}`,
        borderRadius: 4,
        background: primary ? theme.accent : theme.background,
        color: primary ? 'white' : theme.text,
        font: 'inherit',
        cursor: disabled ? 'default' : 'pointer',
        opacity: disabled ? 0.5 : 1,
      }}
    >
      {title}
    </button>
  );
}
