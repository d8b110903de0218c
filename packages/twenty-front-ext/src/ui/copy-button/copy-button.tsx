import { useLingui } from '@lingui/react/macro';
import { IconCopy } from '@tabler/icons-react';
import { Button } from 'twenty-ui/input';
import { useSnackbar } from '../snackbar/snackbar.tsx';

interface CopyButtonProps {
  readonly text: string;
  readonly title?: string;
}

/** Puts a text into the clipboard and says so. */
export function CopyButton({ text, title }: CopyButtonProps) {
  const { t } = useLingui();
  const snackbar = useSnackbar();
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      snackbar.success(t`Copied`);
    } catch {
      // Not allowed: another origin around this page, or no TLS.
      snackbar.error(t`The browser does not allow copying here. Select the text and copy it.`);
    }
  };
  return (
    <Button
      Icon={IconCopy}
      title={title ?? t`Copy`}
      variant="secondary"
      onClick={() => void copy()}
    />
  );
}
