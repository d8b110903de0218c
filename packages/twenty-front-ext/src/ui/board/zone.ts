/** Targets of a drag are the columns themselves, not the lists of cards in them. */
const ZONE = 'zone:';

export function zoneOf(column: string): string {
  return `${ZONE}${column}`;
}

/** Key of the column behind a target; null for anything else. */
export function columnOfZone(droppable: string | undefined): string | null {
  return droppable?.startsWith(ZONE) === true ? droppable.slice(ZONE.length) : null;
}
