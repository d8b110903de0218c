import { answerCheck } from './verify-draft.ts';
import type { CheckRequest } from './verify-draft.ts';

addEventListener('message', ({ data }: MessageEvent<CheckRequest>) => {
  postMessage(answerCheck(data));
});
