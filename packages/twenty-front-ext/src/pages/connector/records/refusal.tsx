import { useRecordTexts } from './record-texts.ts';
import { useRefusalText } from '../../../parts/connectors/refusal-texts.ts';
import styles from '../connector.module.css';

interface RefusalProps {
  readonly refusal: {
    readonly code: string;
    readonly reason: string;
    readonly field: string | null;
  } | null;
}

/** What was not taken and why, with the code that the docs explain. */
export function Refusal({ refusal }: RefusalProps) {
  const texts = useRecordTexts();
  const reasonOf = useRefusalText();
  if (refusal === null) return <>–</>;
  const { code, field } = refusal;
  return (
    <>
      {field !== null && <strong className={styles.field}>{texts.field(field)}: </strong>}
      {reasonOf(refusal)} <code className={styles.code}>{code}</code>
    </>
  );
}
