import type { CSSProperties } from 'react';

/** Variables of twenty's theme. The host draws these components, so they follow light and dark by themselves. */
export const theme = {
  text: 'var(--t-font-color-primary)',
  textSecondary: 'var(--t-font-color-secondary)',
  textTertiary: 'var(--t-font-color-tertiary)',
  danger: 'var(--t-font-color-danger)',
  background: 'var(--t-background-primary)',
  backgroundSecondary: 'var(--t-background-secondary)',
  hover: 'var(--t-background-transparent-light)',
  border: 'var(--t-border-color-medium)',
  accent: 'var(--t-color-blue)',
  green: 'var(--t-color-green)',
  red: 'var(--t-color-red)',
  font: 'var(--t-font-family)',
} as const;

export const column: CSSProperties = { display: 'flex', flexDirection: 'column', gap: 8 };

export const page: CSSProperties = {
  ...column,
  gap: 20,
  padding: 16,
  boxSizing: 'border-box',
  color: theme.text,
  fontFamily: theme.font,
  fontSize: 13,
  lineHeight: '1.4',
};

export const heading: CSSProperties = {
  margin: 0,
  fontSize: 12,
  fontWeight: 600,
  color: theme.textTertiary,
};

export const control: CSSProperties = {
  boxSizing: 'border-box',
  width: '100%',
  padding: '6px 8px',
  border: `1px solid ${theme.border}`,
  borderRadius: 4,
  background: theme.background,
  color: theme.text,
  font: 'inherit',
};
