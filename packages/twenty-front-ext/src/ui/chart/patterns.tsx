/** Fillings that are told apart without colour; a chart with more kinds begins anew. */
const KINDS = 6;

interface PatternsProps {
  /** Of this chart alone; the ids of the fillings begin with it. */
  readonly id: string;
}

/** The fillings of a chart, to stand inside its SVG. They take the colour of the text around them. */
export function Patterns({ id }: PatternsProps) {
  const frame = { width: 8, height: 8, patternUnits: 'userSpaceOnUse' } as const;
  const line = { stroke: 'currentColor', strokeWidth: 2 } as const;
  return (
    <defs>
      <pattern id={`${id}-0`} {...frame}>
        <rect width={8} height={8} fill="currentColor" />
      </pattern>
      <pattern id={`${id}-1`} {...frame} patternTransform="rotate(45)">
        <path d="M0 0V8M4 0V8" {...line} />
      </pattern>
      <pattern id={`${id}-2`} {...frame}>
        <circle cx={2} cy={2} r={1.5} fill="currentColor" />
        <circle cx={6} cy={6} r={1.5} fill="currentColor" />
      </pattern>
      <pattern id={`${id}-3`} {...frame}>
        <path d="M0 2H8M0 6H8" {...line} strokeWidth={1} />
      </pattern>
      <pattern id={`${id}-4`} {...frame}>
        <path d="M0 4H8M4 0V8" {...line} strokeWidth={1} />
      </pattern>
      <pattern id={`${id}-5`} {...frame} patternTransform="rotate(-45)">
        <path d="M0 0V8" {...line} strokeWidth={3} />
      </pattern>
    </defs>
  );
}

/** The filling of a kind. */
export function patternOf(id: string, kind: number): string {
  return `url(#${id}-${kind % KINDS})`;
}
