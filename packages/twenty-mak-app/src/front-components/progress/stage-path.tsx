import { theme } from '../ui/theme.ts';
import type { Step } from './deal-progress.ts';

const COLORS: Record<Step['state'], { background: string; color: string }> = {
  passed: { background: theme.hover, color: theme.textSecondary },
  current: { background: theme.accent, color: 'white' },
  ahead: { background: 'transparent', color: theme.textTertiary },
  ended: { background: theme.red, color: 'white' },
};

/** All stages in their order; the one where the deal is stands out. */
export function StagePath({ path }: { readonly path: readonly Step[] }) {
  return (
    <ol
      style={{
        display: 'flex',
        flexWrap: 'wrap',
        gap: 4,
        margin: 0,
        padding: 0,
        listStyle: 'none',
      }}
    >
      {path.map(({ key, title, state }) => (
        <li
          key={key}
          aria-current={state === 'current' ? 'step' : undefined}
          style={{
            padding: '4px 8px',
            border: `1px solid ${theme.border}`,
            borderRadius: 4,
            ...COLORS[state],
          }}
        >
          {title}
        </li>
      ))}
    </ol>
  );
}
