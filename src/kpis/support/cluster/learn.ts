import type { Clusters } from './clusters.ts'
import { type Features, featuresOf } from './features.ts'
import { fitRegression, type Vector } from './regression.ts'
import { createSpell } from './spell.ts'
import { readTokens } from './text-tokens.ts'

/** Which cluster a text belongs to, and how sure that is, from 0 to 1. */
export type Judged = { cluster: number; sureness: number }

/** Below this nothing is known well enough, and a text belongs to the catch-all. */
const sureEnough = 0.4

/** How much of a text's weight its pieces of words have; the rest have its words. */
const shareOfPieces = 0.6

/** Learns the clusters from their names, descriptions and examples, and from nothing else. Takes about 0.2 s. */
export const learnClusters = ({ clusters, catchAll }: Clusters): ((text: string) => Judged) => {
  const texts = clusters.flatMap(({ name, description, examples }, kind) =>
    [name, description, ...examples].map(text => ({ text, kind })),
  )
  const spell = createSpell(wordsOf(texts.map(({ text }) => text)))
  const samples = texts.map(({ text, kind }) => ({ features: featuresOf(text), kind }))
  const { vectorOf, size } = weigh(samples.map(({ features }) => features))
  const model = fitRegression(
    samples.map(({ features, kind }) => ({ vector: vectorOf(features), kind })),
    { kinds: clusters.length, features: size },
  )
  const judge = (text: string): Judged => {
    const vector = vectorOf(featuresOf(text, spell))
    if (vector.at.length === 0) return { cluster: catchAll, sureness: 0 }
    const likely = model(vector)
    const sureness = Math.max(...likely)
    const found = clusters[likely.indexOf(sureness)]
    return { cluster: found && sureness >= sureEnough ? found.id : catchAll, sureness }
  }
  return text => {
    const whole = judge(text)
    if (whole.cluster !== catchAll) return whole
    return (
      wishesOf(text)
        .map(judge)
        .find(({ cluster, sureness }) => cluster !== catchAll && sureness >= sureOfPart) ?? whole
    )
  }
}

/** A part of a text has less to go by than the whole. */
const sureOfPart = 0.7

/** A text that asks for several things, in its parts; of one that does not, nothing. */
const wishesOf = (text: string): string[] => {
  const parts = text
    .slice(0, 500)
    .split(/[.?!;,\n]+\s|\s(?:and|also|plus|und|außerdem|y)\s/i)
    .filter(part => part.trim().split(/\s+/).length > 2)
  return parts.length > 1 ? parts : []
}

const wordsOf = (texts: readonly string[]) =>
  new Set(texts.flatMap(text => readTokens(text).flatMap(({ kind, text }) => (kind === 'word' ? [text] : []))))

/** Weighs features by how rare they are among the samples (tf-idf); what no sample has is left out. */
const weigh = (samples: readonly Features[]) => {
  const [words, pieces] = [rarity(samples.map(sample => sample.words)), rarity(samples.map(sample => sample.pieces))]
  const vectorOf = (features: Features): Vector => {
    const [w, p] = [scaled(features.words, words), scaled(features.pieces, pieces)]
    const parts = [
      { found: w, scale: Math.sqrt(1 - shareOfPieces), from: 0 },
      { found: p, scale: Math.sqrt(shareOfPieces), from: words.size },
    ]
    return {
      at: parts.flatMap(({ found, from }) => found.map(({ at }) => at + from)),
      weight: parts.flatMap(({ found, scale }) => found.map(({ weight }) => weight * scale)),
    }
  }
  return { vectorOf, size: words.size + pieces.size }
}

type Rarity = Map<string, { at: number; rare: number }>

const rarity = (samples: readonly Map<string, number>[]): Rarity => {
  const counts = new Map<string, number>()
  for (const sample of samples) for (const name of sample.keys()) counts.set(name, (counts.get(name) ?? 0) + 1)
  const rare = (count: number) => Math.log((1 + samples.length) / (1 + count)) + 1
  return new Map([...counts].map(([name, count], at) => [name, { at, rare: rare(count) }]))
}

/** The features that are known, with weights of length 1. */
const scaled = (counts: Map<string, number>, known: Rarity) => {
  const found = [...counts].flatMap(([name, count]) => {
    const entry = known.get(name)
    return entry ? [{ at: entry.at, weight: (1 + Math.log(count)) * entry.rare }] : []
  })
  const length = Math.hypot(...found.map(({ weight }) => weight)) || 1
  return found.map(({ at, weight }) => ({ at, weight: weight / length }))
}
