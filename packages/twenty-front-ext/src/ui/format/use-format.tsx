import { useLingui } from '@lingui/react';
import { createContext, useContext, useMemo } from 'react';
import type { ReactNode } from 'react';
import { createFormat } from './format.ts';
import type { Format } from './format.ts';

const TimeZoneContext = createContext<string>(Intl.DateTimeFormat().resolvedOptions().timeZone);

/** Dates below are shown in this IANA time zone: the tenant's, so that all its people see the same. */
export function TimeZoneProvider({
  timeZone,
  children,
}: {
  readonly timeZone: string;
  readonly children: ReactNode;
}) {
  return <TimeZoneContext value={timeZone}>{children}</TimeZoneContext>;
}

export function useFormat(): Format {
  const { i18n } = useLingui();
  const timeZone = useContext(TimeZoneContext);
  return useMemo(() => createFormat(i18n.locale, timeZone), [i18n.locale, timeZone]);
}
