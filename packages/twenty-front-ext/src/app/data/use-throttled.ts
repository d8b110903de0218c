import { useEffect, useRef, useState } from 'react';

/** The value, but told at most once in `pause` milliseconds; the last one is always told. */
export function useThrottled<Value>(value: Value, pause: number): Value {
  const [shown, setShown] = useState(value);
  const toldAt = useRef(Number.NEGATIVE_INFINITY);
  useEffect(() => {
    if (Object.is(value, shown)) return undefined;
    const tell = (): void => {
      toldAt.current = performance.now();
      setShown(value);
    };
    const timer = setTimeout(tell, Math.max(toldAt.current + pause - performance.now(), 0));
    return () => clearTimeout(timer);
  }, [value, shown, pause]);
  return shown;
}
