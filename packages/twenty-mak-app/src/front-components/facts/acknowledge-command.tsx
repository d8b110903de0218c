import { Command, enqueueSnackbar, useTranslate } from 'twenty-sdk/front-component';
import { problemOf } from '../mak/problem.ts';

interface AcknowledgeCommandProps {
  /** Gives the number of breaches that it acknowledged. */
  readonly acknowledge: () => Promise<number>;
}

/** Acknowledges at once and says what came of it. */
export function AcknowledgeCommand({ acknowledge }: AcknowledgeCommandProps) {
  const { t } = useTranslate();
  const execute = async (): Promise<void> => {
    try {
      const number = await acknowledge();
      const message =
        number === 0
          ? t('There is no breach to acknowledge.')
          : t('Breaches acknowledged: {number}', { number });
      await enqueueSnackbar({ message, variant: number === 0 ? 'info' : 'success' });
    } catch (error) {
      await enqueueSnackbar({ message: problemOf(error).message, variant: 'error' });
    }
  };
  return <Command execute={execute} />;
}
