import { useSelectedRecordIds } from 'twenty-sdk/front-component';

/** The one record that a page or command stands for; null for none or several. */
export function useSingleRecord(): string | null {
  const ids = useSelectedRecordIds();
  return ids.length === 1 ? (ids[0] ?? null) : null;
}
