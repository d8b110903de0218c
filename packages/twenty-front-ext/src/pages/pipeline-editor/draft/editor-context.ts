import { createContext, useContext } from 'react';
import type { PipelineDefinition } from 'twenty-mak-domain';
import type { Check } from '../check/use-check.ts';

/** What every part of the editor works on. */
export interface Editor {
  readonly definition: PipelineDefinition;
  /** Nothing can be changed: the person may not, or the pipeline is archived. */
  readonly readOnly: boolean;
  readonly check: Check;
  /** `step` names what is being typed, so that undo takes it back as one; left out for a change of its own. */
  readonly change: (next: PipelineDefinition, step?: string) => void;
  readonly undo: () => void;
}

export const EditorContext = createContext<Editor | null>(null);

export function useEditor(): Editor {
  const editor = useContext(EditorContext);
  if (editor === null) throw new Error('useEditor is used outside of the pipeline editor');
  return editor;
}
