import { encode } from 'uqr';

interface QrCodeProps {
  readonly text: string;
  /** What a screen reader says; it should tell the way without a camera. */
  readonly label: string;
  readonly size?: number;
}

/** Black on white in both themes: cameras do not read it the other way round. */
export function QrCode({ text, label, size = 176 }: QrCodeProps) {
  const { data, size: modules } = encode(text, { border: 2 });
  const path = data
    .flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : '')))
    .join('');
  return (
    <svg
      role="img"
      aria-label={label}
      width={size}
      height={size}
      viewBox={`0 0 ${modules} ${modules}`}
      shapeRendering="crispEdges"
    >
      <rect width={modules} height={modules} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}
