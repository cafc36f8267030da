/**
 * Places that keep at least `gap` between neighbours within `low` … `high`, each as near as can be to where it wants to be.
 * Order is kept. When there is no room for all, they are spread evenly.
 */
export const dodge = (
  wanted: readonly number[],
  { gap, low, high }: { gap: number; low: number; high: number },
): number[] => {
  const order = wanted.map((_, i) => i).sort((a, b) => (wanted[a] ?? 0) - (wanted[b] ?? 0) || a - b)
  const step = Math.min(gap, (high - low) / Math.max(1, order.length - 1))
  const blocks: { sum: number; members: number[] }[] = []
  for (const [rank, index] of order.entries()) {
    blocks.push({ sum: (wanted[index] ?? 0) - rank * step, members: [rank] })
    merge(blocks)
  }
  const out: number[] = []
  const most = high - (order.length - 1) * step
  for (const block of blocks)
    for (const rank of block.members)
      out[order[rank] ?? 0] = Math.min(most, Math.max(low, block.sum / block.members.length)) + rank * step
  return out
}

const merge = (blocks: { sum: number; members: number[] }[]): void => {
  const mean = (i: number) => (blocks[i]?.sum ?? 0) / (blocks[i]?.members.length ?? 1)
  while (blocks.length > 1 && mean(blocks.length - 2) > mean(blocks.length - 1)) {
    const last = blocks.pop()
    const before = blocks.at(-1)
    if (!last || !before) return
    before.sum += last.sum
    before.members.push(...last.members)
  }
}
