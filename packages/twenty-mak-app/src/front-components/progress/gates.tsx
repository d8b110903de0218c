import { useLocale, useTranslate } from 'twenty-sdk/front-component';
import { formatInstant } from '../ui/language.ts';
import { column, theme } from '../ui/theme.ts';
import type { Gate } from './deal-progress.ts';

/** Facts that hold, with who said so, and those that do not hold yet. */
export function Gates({ gates }: { readonly gates: readonly Gate[] }) {
  return (
    <ul style={{ ...column, gap: 6, margin: 0, padding: 0, listStyle: 'none' }}>
      {gates.map((gate) => (
        <GateLine key={gate.gate} gate={gate} />
      ))}
    </ul>
  );
}

function GateLine({ gate: { title, status, missing, decidedBy } }: { readonly gate: Gate }) {
  const { t } = useTranslate();
  const locale = useLocale();
  const word = status ? t('holds') : missing ? t('missing') : t('not yet');
  return (
    <li style={{ display: 'flex', gap: 8, alignItems: 'baseline' }}>
      <span
        role="img"
        aria-label={word}
        style={{ color: status ? theme.green : missing ? theme.red : theme.textTertiary }}
      >
        {status ? '●' : missing ? '▲' : '○'}
      </span>
      <span style={{ flex: 1, color: status ? theme.text : theme.textSecondary }}>
        {title}
        {missing && (
          <span style={{ color: theme.danger }}> {t('missing although a later one holds')}</span>
        )}
      </span>
      {status && decidedBy !== null && (
        <span style={{ color: theme.textTertiary }}>
          {decidedBy.source} · {formatInstant(locale, decidedBy.occurredAt)}
        </span>
      )}
    </li>
  );
}
