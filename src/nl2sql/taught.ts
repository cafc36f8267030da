import type { Example } from './examples.ts'

/** What a language model is taught about a domain, beside its shipped examples: worked questions, and rules in words. */
export type Taught = { examples: readonly Example[]; rules: readonly string[] }
