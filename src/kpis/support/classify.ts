/** What people want from the bot, as its description numbers them (`prompts/`). 0 is the catch-all. */
export const clusterIds = [0, 1, 2, 3, 4] as const
export type ClusterId = (typeof clusterIds)[number]

/** Which cluster each text belongs to, and what decided: the rules that need no key, or a language model. */
export type Classified = {
  clusters: ReadonlyMap<string, ClusterId>
  by: 'rules' | 'model'
  /** Texts that the rules decided although a model was to: it did not answer, or its budget of the day was used up. */
  leftToRules?: ReadonlySet<string>
}

/** Gives every text exactly one cluster. A text that is missing in the result counts as 0. Throws `model/…`, `engine/cancelled`. */
export type Classify = (texts: readonly string[], options?: { signal?: AbortSignal }) => Promise<Classified>

/** A text of a log by its key, the first 52 bits of a hash as a hexadecimal number. */
export type KeyedText = { key: string; text: string }

/** Where the texts of some keys belong, in the order of the keys. */
export type Placed = { clusters: readonly ClusterId[]; by: Classified['by']; leftToRules: number }

/** Gives every key the cluster of its text, and asks `textsOf` only for texts that were not classified before. Throws as {@link Classify}. */
export type ClassifyByKey = (
  keys: readonly string[],
  textsOf: (unknown: readonly string[]) => Promise<readonly KeyedText[]>,
  options?: { signal?: AbortSignal },
) => Promise<Placed>
