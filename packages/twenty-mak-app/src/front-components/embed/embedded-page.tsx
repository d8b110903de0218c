import { useColorScheme, useLocale, useTranslate } from 'twenty-sdk/front-component';
import { useCallback, useEffect, useState } from 'react';
import { requestCode } from '../mak/session.ts';
import { ProblemMessage, Waiting } from '../ui/state.tsx';
import { useAnswer } from '../ui/use-answer.ts';

/** MaK ends an embedded session after eight hours; a new code before that lets the page go on. */
const RENEW_AFTER_MS = 7.5 * 3_600_000;

interface EmbeddedPageProps {
  /** Page of MaK to begin with, e.g. `/board`. */
  readonly path: string;
  /** Name of the frame for screen readers. */
  readonly title: string;
}

/**
 * A page of MaK in a frame, signed in as the person who looks. All that it is told stands in the fragment of its address,
 * which never leaves the browser; another fragment does not load the page anew.
 */
export function EmbeddedPage({ path, title }: EmbeddedPageProps) {
  const scheme = useColorScheme();
  const locale = useLocale();
  const { t } = useTranslate();
  const [asked, setAsked] = useState(0);
  const ask = useCallback(async () => ({ ...(await requestCode()), asked }), [asked]);
  const { answer, again } = useAnswer(ask);
  const [used, setUsed] = useState<string | null>(null);

  useEffect(() => {
    const timer = setInterval(() => setAsked((times) => times + 1), RENEW_AFTER_MS);
    return () => clearInterval(timer);
  }, []);

  if (answer.state === 'waiting') return <Waiting />;
  if (answer.state === 'failed') return <ProblemMessage problem={answer.problem} onRetry={again} />;

  const { code, address } = answer.value;
  const [base = address] = address.split('#');
  const said = new URLSearchParams({ theme: scheme, locale });
  // A code works once: a later change of theme or language must not bring it again.
  if (code !== used) {
    said.set('code', code);
    said.set('path', path);
  }
  return (
    <iframe
      title={title}
      src={`${base}#${said.toString()}`}
      aria-label={t('{title}, from MaK', { title })}
      onLoad={() => setUsed(code)}
      style={{ display: 'block', width: '100%', height: '100%', minHeight: 480, border: 'none' }}
    />
  );
}
