import { arrowsInWords, diagramChart } from './diagram/diagram-chart.ts'
import { tellGenerated, usedBy } from './generated.ts'
import type { Large, Worked } from './nl2sql/outcome.ts'
import type { Unread, Working } from './nl2sql/unread.ts'
import { smallerTexts } from './question/smaller.ts'
import { retellFor, usedTogether } from './retold.ts'
import type { Answer, Answered, Receipt } from './vocabulary/answer.ts'
import { ChartroomError } from './vocabulary/errors.ts'
import type { Query } from './vocabulary/query.ts'

/** Works out what the rules did not read. Throws `language/…`. */
export type WorkOut = (unread: Unread, asking: Working) => Promise<Worked>

export type BeyondRules = {
  unread: Unread
  /** What the rules would say; it is said when nothing better comes. */
  fallback: Answer
  /** Answers a query of the semantic model. */
  answer: (query: Query) => Promise<Answer>
  /** Asks a part of the question as one of its own. */
  askPart: (text: string) => Promise<Answer>
  ms: () => number
}

/**
 * What a language model makes of a question that the rules did not wholly read. Whatever goes wrong with the model, the rules' answer is given, with
 * a sentence on why there is no better one; not when the time of whoever asked is over, since nothing more can be given then.
 */
export const goBeyond = async (asked: BeyondRules, workOut: WorkOut, asking: Working): Promise<Answer> => {
  const { unread, fallback } = asked
  try {
    const worked = await workOut(unread, asking)
    return await answerOf(worked, asked, asking)
  } catch (error) {
    if (!(error instanceof ChartroomError) || !error.code.startsWith('language/') || asking.signal?.aborted) throw error
    return withWords(fallback, `${error.message} ${error.next}`)
  }
}

const answerOf = async (worked: Worked, asked: BeyondRules, asking: Working): Promise<Answer> => {
  const { outcome } = worked
  const { unread, fallback } = asked
  const common = { id: unread.id, question: unread.text, domain: unread.domain.model.domain }
  switch (outcome.kind) {
    case 'query':
      return withUse(await asked.answer(outcome.query), usedBy(worked))
    case 'rows': {
      const { domain, today, owner, thread } = unread
      const about = { id: unread.id, domain: common.domain, owner, thread, ...asking }
      const retell = worked.retell && retellFor(worked.retell, about)
      return {
        ...common,
        ...(await tellGenerated({ found: outcome, worked, domain, today, notes: [], ms: asked.ms(), retell })),
      }
    }
    case 'ask': {
      const choices = outcome.choices.map(label => ({ label, question: `${unread.text} (${label})` }))
      return { ...common, status: 'clarify', message: outcome.message, unused: [], choices, by: 'model' }
    }
    case 'parts':
      return together(await inTurn(outcome.parts, asked.askPart), { ...common, parts: outcome.parts })
    case 'diagram': {
      const { title, says: paragraphs, drawn } = outcome
      const items = drawn ? arrowsInWords(drawn) : []
      const told = {
        ...common,
        status: 'told' as const,
        words: 'model' as const,
        title,
        paragraphs: [...paragraphs, drawnBy],
        items,
        choices: [],
      }
      return drawn ? { ...told, chart: diagramChart(drawn, { title }) } : told
    }
    case 'declined':
      return {
        ...common,
        status: 'refused',
        code: 'question/not-in-data',
        message: outcome.why,
        choices: choicesOf(fallback),
        by: 'model',
      }
    case 'failed':
      return outcome.large
        ? { ...common, ...tooLarge(outcome.large, asked) }
        : withWords(fallback, 'The language model did not find an answer either.')
  }
}

/** What is too much at once is explained, and split into questions that are not. How to join tables is nothing to people. */
const tooLarge = ({ message, advice }: Large, { unread, fallback }: BeyondRules) => {
  const { text, domain, knowledge } = unread
  const choices = [...smallerTexts(text, { model: domain.model, knowledge }), ...choicesOf(fallback)].slice(0, 4)
  const ways = [...new Set(advice.flatMap(({ code, words }) => (code === 'join-on' ? [] : [words])))]
  const said = [
    sentence(`This question is too large: ${message.replace(/^this is too much at once, /, '')}`),
    ...(ways.length > 0 ? [sentence(`To ask for less: ${ways.join('; or ')}`)] : []),
    ...(choices.length > 0 ? ['Or ask one of these:'] : []),
  ]
  return {
    status: 'refused' as const,
    code: 'question/too-large',
    message: said.join(' '),
    choices,
    by: 'model' as const,
  }
}

/** What no query has checked is said to be so. */
const drawnBy = 'Told by a language model from what the data means, not from its rows.'

const inTurn = async (parts: readonly string[], ask: (text: string) => Promise<Answer>): Promise<Answer[]> => {
  const answers: Answer[] = []
  for (const part of parts) answers.push(await ask(part))
  return answers
}

type Parted = Pick<Answer, 'id' | 'question' | 'domain'> & { parts: readonly string[] }

/** Several answers as one: each part with its finding, and to be opened by itself. */
const together = (answers: readonly Answer[], { parts, ...common }: Parted): Answer => ({
  ...common,
  status: 'told',
  title: `${answers.length} answers`,
  paragraphs: [],
  items: answers.map((answer, i) => ({ term: parts[i] ?? '', text: findingOf(answer), ask: parts[i] })),
  choices: [],
  by: 'model',
})

const findingOf = (answer: Answer): string => {
  if (answer.status === 'answered')
    return [answer.story.headline, ...answer.story.summary.slice(0, 1)].map(({ text }) => sentence(text)).join(' ')
  return answer.status === 'told' ? answer.title : answer.message
}

const sentence = (text: string) => text.replace(/(?<![.!?…])$/, '.')

const withUse = (answer: Answer, use: Pick<Receipt, 'model' | 'steps'>): Answer =>
  answer.status === 'answered' || answer.status === 'empty'
    ? ({ ...answer, receipt: { ...answer.receipt, ...usedTogether(use, answer.receipt) } } as Answered)
    : { ...answer, by: 'model' }

const withWords = (answer: Answer, words: string): Answer =>
  'message' in answer ? { ...answer, message: `${sentence(answer.message.replace(/:\s*$/, '.'))} ${words}` } : answer

const choicesOf = (answer: Answer) => ('choices' in answer ? answer.choices : [])
