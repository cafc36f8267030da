/** Works on items side by side, `most` at a time; results in the order of the items. The first failure ends it. */
export const severalAtOnce = async <A, B>(
  items: readonly A[],
  most: number,
  work: (item: A) => Promise<B>,
): Promise<B[]> => {
  const results: B[] = []
  const waiting = items.entries()
  const worker = async () => {
    for (const [i, item] of waiting) results[i] = await work(item)
  }
  await Promise.all(Array.from({ length: most }, worker))
  return results
}
