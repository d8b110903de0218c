/** The deal that a record is, or that it belongs to; null when it has none. An SLA run is named after its deal. */
export function dealOf({
  entity,
  localId,
}: {
  readonly entity: string;
  readonly localId: string | null;
}): string | null {
  if (entity === 'deal') return localId;
  return entity === 'sla_run' ? (localId?.split(':')[0] ?? null) : null;
}
