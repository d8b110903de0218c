import { useCallback } from 'react';
import { defineFrontComponent } from 'twenty-sdk/define';
import { useTranslate } from 'twenty-sdk/front-component';
import { identify } from '../constants/universal-identifiers.ts';
import { EmbeddedPage } from './embed/embedded-page.tsx';
import { makAddress } from './mak/address.ts';
import { dealOfRecord } from './twenty/records.ts';
import { Empty, ProblemMessage, Waiting } from './ui/state.tsx';
import { theme } from './ui/theme.ts';
import { useAnswer } from './ui/use-answer.ts';
import { useSingleRecord } from './ui/use-single-record.ts';

function Deal({ recordId }: { readonly recordId: string }) {
  const { t } = useTranslate();
  const ask = useCallback(async () => {
    const [deal, address] = await Promise.all([dealOfRecord(recordId), makAddress()]);
    return { ...deal, address };
  }, [recordId]);
  const { answer, again } = useAnswer(ask);
  if (answer.state === 'waiting') return <Waiting />;
  if (answer.state === 'failed') return <ProblemMessage problem={answer.problem} onRetry={again} />;
  const { makId, name, address } = answer.value;
  const path = `/deals/${makId}`;
  return (
    <div style={{ display: 'flex', flexDirection: 'column', height: '100%' }}>
      <a
        href={`${address}${path}`}
        target="_blank"
        rel="noreferrer"
        style={{ padding: '8px 16px', color: theme.accent, fontFamily: theme.font, fontSize: 13 }}
      >
        {t('Open in a tab of its own')}
      </a>
      <EmbeddedPage path={path} title={name} />
    </div>
  );
}

function OpenInMak() {
  const { t } = useTranslate();
  const recordId = useSingleRecord();
  if (recordId === null) return <Empty text={t('Choose one deal.')} />;
  return <Deal key={recordId} recordId={recordId} />;
}

export default defineFrontComponent({
  universalIdentifier: identify('frontComponent', 'openInMak'),
  name: 'open-in-mak',
  description: 'The page of a deal in MaK',
  component: OpenInMak,
});
