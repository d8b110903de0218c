/** So many seeds from the first on; others by the environment, for a long run by hand. */
export function seedsOf(count: number): readonly number[] {
  const { MAK_STORIES = count, MAK_FIRST_STORY = 1 } = process.env;
  return Array.from({ length: Number(MAK_STORIES) }, (_, index) => Number(MAK_FIRST_STORY) + index);
}
