import type { PipelineDefinition } from 'twenty-mak-domain';

/** A definition under the hands of an admin: what the server has, what is shown, and the way back. */
export interface DraftState {
  /** What the server has; the same object as `present` when nothing is unsaved. */
  readonly saved: PipelineDefinition;
  /** Version of the server's record, for the next save. */
  readonly version: number;
  readonly past: readonly PipelineDefinition[];
  readonly present: PipelineDefinition;
  readonly future: readonly PipelineDefinition[];
  /** What the last change was about; typing in one field is one step back. */
  readonly step: string | null;
}

export type DraftAction =
  | { readonly kind: 'change'; readonly next: PipelineDefinition; readonly step: string | null }
  | { readonly kind: 'undo' }
  | { readonly kind: 'redo' }
  | { readonly kind: 'saved'; readonly definition: PipelineDefinition; readonly version: number }
  /** Shows what the server has; what was there can be brought back by undo. */
  | { readonly kind: 'take'; readonly definition: PipelineDefinition; readonly version: number };

/** Steps back that are kept. */
const MAX_STEPS = 200;

export function startDraft(definition: PipelineDefinition, version: number): DraftState {
  return { saved: definition, version, past: [], present: definition, future: [], step: null };
}

export function isUnsaved({ saved, present }: DraftState): boolean {
  return saved !== present;
}

export function draftReducer(state: DraftState, action: DraftAction): DraftState {
  switch (action.kind) {
    case 'change':
      return change(state, action.next, action.step);
    case 'undo': {
      const before = state.past.at(-1);
      if (before === undefined) return state;
      const { past, present, future } = state;
      const left = past.slice(0, -1);
      return { ...state, past: left, present: before, future: [present, ...future], step: null };
    }
    case 'redo': {
      const [after, ...future] = state.future;
      if (after === undefined) return state;
      return { ...state, past: [...state.past, state.present], present: after, future, step: null };
    }
    case 'saved':
      // Typing went on while it was saved: the next character is a new step.
      return { ...state, saved: action.definition, version: action.version, step: null };
    case 'take': {
      const { definition, version } = action;
      return { ...change(state, definition, null), saved: definition, version, step: null };
    }
  }
}

function change(state: DraftState, next: PipelineDefinition, step: string | null): DraftState {
  const { past, present } = state;
  if (next === present) return state;
  const goesOn = step !== null && step === state.step;
  return {
    ...state,
    past: goesOn ? past : [...past, present].slice(-MAX_STEPS),
    present: next,
    future: [],
    step,
  };
}
