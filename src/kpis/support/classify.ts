/** What people want from the bot, as its description numbers them (`prompts/`). 0 is the catch-all. */
export const clusterIds = [0, 1, 2, 3, 4] as const
export type ClusterId = (typeof clusterIds)[number]

/** Which cluster each text belongs to, and what decided: the rules that need no key, or a language model. */
export type Classified = {
  clusters: ReadonlyMap<string, ClusterId>
  by: 'rules' | 'model'
  /** Texts that the rules decided although a model was to: it did not answer, or its budget of the day was used up. */
  leftToRules?: number
}

/** Gives every text exactly one cluster. A text that is missing in the result counts as 0. Throws `model/…`, `engine/cancelled`. */
export type Classify = (texts: readonly string[], options?: { signal?: AbortSignal }) => Promise<Classified>
