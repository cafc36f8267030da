import { type DataDeed, readDeed } from './data-words.ts'
import { type ReviewWords, readReview } from './review-words.ts'

/** What somebody typed, read as one of the commands. `text` is all of it, as typed. */
export type Command =
  | { kind: 'ask'; text: string; question: string }
  /** `words` start with the KPI's name; empty words are the catalogue. */
  | { kind: 'kpi'; text: string; words: string }
  /** `topic` is empty for the overview, `fresh`, or the name of a measure, dimension or table. */
  | { kind: 'data'; text: string; topic: string }
  /** Something to be done with data that somebody brought. */
  | { kind: 'dataset'; text: string; deed: DataDeed }
  | { kind: 'data-reload'; text: string }
  /** `words` say whose questions, how they ended, since when. */
  | { kind: 'data-audit'; text: string; words: string }
  | { kind: 'data-usage'; text: string; words: string }
  /** Saying that an answer is right, or no longer. `answer` is the id of one that is not the last. */
  | { kind: 'data-verified'; text: string; deed: VerifyDeed }
  /** Looking at complaints, and making something of them. */
  | { kind: 'data-review'; text: string; words: ReviewWords }
  | { kind: 'help'; text: string; topic: string }

export type VerifyDeed =
  | { deed: 'verify'; answer?: string; name?: string }
  | { deed: 'verified' }
  | { deed: 'unverify'; nth: number }
  /** `verify` or `unverify` with words behind it that are not what is expected there. */
  | { deed: 'unclear'; of: 'verify' | 'unverify'; said: string }

/**
 * The one grammar of all rooms: `kpi [name] [words…]`, `ask <question>`, `data [what|fresh|reload|audit|usage|verify|verified|review|lessons|<name>]`, `help [topic]`; anything
 * else is a question. A leading slash and the case of the command do not matter. Never fails.
 */
export const parseCommand = (typed: string): Command => {
  const text = typed.trim()
  const [, word, rest] = /^\/?(kpis?|ask|data|help)(?:[\s:?!.]+([\s\S]*))?$/iu.exec(text) ?? []
  if (!word) return { kind: 'ask', text, question: text }
  return commands[word.toLowerCase()]!(text, (rest ?? '').trim())
}

/** Whether what follows `help` or `data` is short enough to be its topic; else it is a question that happens to begin so. */
const isTopic = (rest: string, mostWords: number) => rest.length <= 120 && rest.split(/\s+/).length <= mostWords

const commands: Record<string, (text: string, rest: string) => Command> = {
  ask: (text, rest) => ({ kind: 'ask', text, question: rest }),
  kpi: (text, rest) => ({ kind: 'kpi', text, words: rest }),
  kpis: (text, rest) => ({ kind: 'kpi', text, words: rest }),
  help: (text, rest) =>
    isTopic(rest, 2) ? { kind: 'help', text, topic: rest } : { kind: 'ask', text, question: text },
  data: (text, rest) => {
    if (/^reload[.!]*$/i.test(rest)) return { kind: 'data-reload', text }
    const [, report, words = ''] = /^(audit|usage)(?:[\s:]+(.*?))?[?!.]*$/is.exec(rest) ?? []
    if (report) return { kind: report.toLowerCase() === 'audit' ? 'data-audit' : 'data-usage', text, words }
    const verify = readVerify(rest)
    if (verify) return { kind: 'data-verified', text, deed: verify }
    const review = readReview(rest)
    if (review) return { kind: 'data-review', text, words: review }
    const deed = readDeed(rest)
    if (deed) return { kind: 'dataset', text, deed }
    return isTopic(rest, 4) ? { kind: 'data', text, topic: dataTopic(rest) } : { kind: 'ask', text, question: text }
  },
}

const readVerify = (rest: string): VerifyDeed | undefined => {
  const said = rest.replace(/[?!.\s]+$/, '')
  if (/^verified$/i.test(said)) return { deed: 'verified' }
  const [, nth] = /^unverify\s+#?(\d{1,9})$/i.exec(said) ?? []
  if (nth) return { deed: 'unverify', nth: Number(nth) }
  const [found, answer, name] = /^verify(?:\s+([\da-f]{8}-[\da-f-]{27}))?(?:\s+as\s+(.{1,60}))?$/i.exec(said) ?? []
  if (found !== undefined) return { deed: 'verify', ...(answer && { answer }), ...(name && { name }) }
  const [, of, words = ''] = /^(verify|unverify)(?:\s+(.*))?$/is.exec(said) ?? []
  return of === undefined
    ? undefined
    : { deed: 'unclear', of: of.toLowerCase() === 'verify' ? 'verify' : 'unverify', said: words }
}

const dataTopic = (rest: string) => {
  if (/^(?:what|what is there|tables?|overview)?[?!.]*$/i.test(rest)) return ''
  return /^(?:how )?fresh(?:ness)?[?!.]*$/i.test(rest) ? 'fresh' : rest.replace(/[?!.]+$/, '')
}
