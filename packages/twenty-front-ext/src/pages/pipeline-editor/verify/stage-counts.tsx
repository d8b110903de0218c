import { Trans, useLingui } from '@lingui/react/macro';
import { useFormat } from '../../../ui/format/use-format.tsx';
import { useEditor } from '../draft/editor-context.ts';
import { Section } from '../items/section.tsx';
import { StageTag } from '../../../parts/pipelines/stage-tag.tsx';
import styles from './verify.module.css';

/** In how many combinations of facts each stage results. */
export function StageCounts() {
  const { t } = useLingui();
  const { check, definition } = useEditor();
  const { number } = useFormat();
  const { verification } = check;
  if (verification === null) return null;
  return (
    <Section
      title={t`Where deals can be`}
      text={<Trans>In how many combinations of facts each stage results.</Trans>}
    >
      <ul className={styles.counts}>
        {verification.stages.map(({ stage, vectors }) => (
          <li key={stage}>
            <StageTag pipeline={definition} stage={stage} />
            <span>{number(vectors)}</span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
