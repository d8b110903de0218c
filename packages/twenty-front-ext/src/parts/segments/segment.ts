/** A saved filter, as a list of records shows it. */
export interface SegmentItem {
  readonly id: string;
  readonly name: string;
  readonly filter: unknown;
  readonly shared: boolean;
  readonly editable: boolean;
  readonly version: number;
}

/** What people say of a segment. */
export interface SegmentDraft {
  readonly name: string;
  readonly shared: boolean;
}
