import { defineFrontComponent } from 'twenty-sdk/define';
import { useTranslate } from 'twenty-sdk/front-component';
import { identify } from '../constants/universal-identifiers.ts';
import { EmbeddedPage } from './embed/embedded-page.tsx';

function PipelineBoard() {
  const { t } = useTranslate();
  return <EmbeddedPage path="/board" title={t('Pipeline board')} />;
}

export default defineFrontComponent({
  universalIdentifier: identify('frontComponent', 'pipelineBoard'),
  name: 'pipeline-board',
  description: 'The board of a pipeline: drag a deal, record the fact',
  component: PipelineBoard,
});
