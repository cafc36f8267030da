import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import type { Classify, ClusterId } from '#src/kpis/support/classify.ts'

/** A text as a person labelled it. */
export type Labelled = { text: string; cluster: ClusterId }

/** `development`, and since its first measuring `heldOut`, are what a classifier may be tuned on; `second` only measures. */
export const parts = ['development', 'heldOut', 'second'] as const
export type Part = (typeof parts)[number]

/** How a classifier does: `confusion[labelled][given]` counts texts. */
export type Measured = { right: number; of: number; confusion: number[][]; missed: (Labelled & { given: ClusterId })[] }

/** The labelled texts of `support-clusters.yaml`. */
export const readLabelled = (part: Part): Labelled[] => {
  const file = readFileSync(new URL('./support-clusters.yaml', import.meta.url), 'utf8')
  const byCluster = (parse(file) as Record<Part, Record<string, string[]>>)[part]
  return Object.entries(byCluster).flatMap(([id, texts]) =>
    texts.map(text => ({ text, cluster: Number(id) as ClusterId })),
  )
}

/** Classifies all texts of a part and compares with what a person said. */
export const measureClusters = async (part: Part, classify: Classify): Promise<Measured> => {
  const labelled = readLabelled(part)
  const { clusters } = await classify(labelled.map(({ text }) => text))
  const judged = labelled.map(one => ({ ...one, given: clusters.get(one.text) ?? (0 as ClusterId) }))
  const confusion = [0, 1, 2, 3, 4].map(row =>
    [0, 1, 2, 3, 4].map(column => judged.filter(j => j.cluster === row && j.given === column).length),
  )
  const missed = judged.filter(j => j.given !== j.cluster)
  return { right: judged.length - missed.length, of: judged.length, confusion, missed }
}

/** Accuracy, then a matrix with a row per label and a column per given cluster, then what was missed. */
export const clusterLines = (name: string, { right, of, confusion, missed }: Measured): string[] => [
  `${name}: ${right} of ${of} right, ${((100 * right) / of).toFixed(1)}%`,
  '  labelled ↓ given →    0    1    2    3    4',
  ...confusion.map((row, i) => `  ${String(i).padStart(16)}  ${row.map(n => String(n).padStart(5)).join('')}`),
  ...missed.map(({ text, cluster, given }) => `  ${cluster} taken for ${given}: ${JSON.stringify(text)}`),
]
