import { createHash } from 'node:crypto'
import type { Knowledge } from '#src/domain.ts'
import type { Model } from '#src/semantic/model.ts'
import type { PromptName } from './client/complete.ts'
import { describeModel } from './describe-model.ts'
import type { Taught } from './taught.ts'
import type { Unread } from './unread.ts'

/**
 * A hash of all that a plan depends on: the question as anybody may write it, the day (it says what "last month" is), what was said before, the text
 * that the language model is given and which model that is, what it was taught, and the semantic model as the asker sees it: what is hidden from them
 * is not in it, and which rows they do not see is told by the notes, the values that they know, and the settings by which a server chooses the rows.
 * So nobody is given a plan that somebody made who sees more or less, or that was made before something was taught or taken back.
 */
export const planKey = (
  { text, domain, knowledge, today, before }: Unread,
  { prompt, model, taught }: { prompt: PromptName; model: string; taught: Taught },
): string =>
  hashed([
    asAnybodyWrites(text),
    today,
    before,
    [prompt.name, prompt.version, model, taught],
    [domain.model.domain, domain.dialect, describeModel(domain.model, knowledge)],
    [domain.notes, valuesKnown(domain.model, knowledge), settingsOf(domain)],
  ])

const hashed = (parts: unknown) => createHash('sha256').update(JSON.stringify(parts)).digest('hex')

const settingsOf = ({ session = {} }: Unread['domain']) =>
  Object.entries(session).toSorted(([a], [b]) => (a < b ? -1 : 1))

/** Capitals, spaces and the sign at the end mean nothing. */
const asAnybodyWrites = (text: string) =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[ ?.!…]+$/, '')

const hashes = new WeakMap<Knowledge, string>()

/** Values may be many; they stay the same until they are learnt anew. */
const valuesKnown = (model: Model, knowledge: Knowledge): string => {
  const known = hashes.get(knowledge) ?? hashed(Object.keys(model.dimensions).map(name => knowledge.values(name)))
  hashes.set(knowledge, known)
  return known
}
