/** Fewest letters to add, drop, change or swap with their neighbour to get from one word to the other. */
export function mistakes(left: string, right: string): number {
  let before: number[] = [];
  let last = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let row = 1; row <= left.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= right.length; column += 1) {
      const same = left[row - 1] === right[column - 1];
      const cost = (list: readonly number[], index: number): number => list[index] ?? Infinity;
      let fewest = Math.min(
        cost(last, column) + 1,
        cost(current, column - 1) + 1,
        cost(last, column - 1) + (same ? 0 : 1),
      );
      const swapped =
        row > 1 && left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1];
      if (swapped) fewest = Math.min(fewest, cost(before, column - 2) + 1);
      current.push(fewest);
    }
    [before, last] = [last, current];
  }
  return last[right.length] ?? left.length;
}
