import type { Step } from '../plan.ts'
import { findValue } from '../tools/find-value.ts'
import { sampleValues } from '../tools/sample-values.ts'
import { takeCompute } from './take-compute.ts'
import { takeDiagram } from './take-diagram.ts'
import { takeQuery } from './take-query.ts'
import { takeSql } from './take-sql.ts'
import { cut, repair, type Taken, type Taking, wordsOf } from './taking.ts'

/** Does what a language model wants done. Throws `engine/cancelled`. */
export const take = async (step: Step, taking: Taking): Promise<Taken> => {
  switch (step.kind) {
    case 'query':
      return takeQuery(step, taking)
    case 'sql':
      return takeSql(step, taking)
    case 'compute':
      return takeCompute(step, taking)
    case 'values':
      return takeValues(step, taking)
    case 'find':
      return takeFind(step, taking)
    case 'split':
      return takeSplit(step, taking)
    case 'ask':
      return takeAsk(step, taking)
    case 'diagram':
      return takeDiagram(step, taking)
    case 'decline':
      return step.why.trim() === ''
        ? repair(taking, 'Say in `why` what is missing.')
        : { outcome: { kind: 'declined', why: cut(step.why) } }
  }
}

type Of<Kind extends Step['kind']> = Extract<Step, { kind: Kind }>

const takeValues = async (step: Of<'values'>, { question, state, signal }: Taking): Promise<Taken> => {
  state.steps.push(`Looked at the values of ${step.column}.`)
  return { observation: await sampleValues(step, { domain: question.domain, signal }).catch(wordsOf) }
}

const takeFind = ({ words }: Of<'find'>, { question, state }: Taking): Taken => {
  state.steps.push(`Looked for “${words}” in the data.`)
  return { observation: findValue(words, { model: question.domain.model, knowledge: question.knowledge }) }
}

/** A part that were split again could go on for ever. */
const takeSplit = ({ parts: given }: Of<'split'>, taking: Taking): Taken => {
  const parts = distinct(given)
  if (taking.question.isPart) return repair(taking, 'This is a part of a question already. Answer it.')
  return parts.length > 1
    ? { outcome: { kind: 'parts', parts: parts.slice(0, 5) } }
    : repair(taking, 'One part is the question itself. Answer it.')
}

const takeAsk = ({ question, choices }: Of<'ask'>, taking: Taking): Taken =>
  question.trim() === ''
    ? repair(taking, 'Say in `question` what you ask back.')
    : { outcome: { kind: 'ask', message: cut(question), choices: distinct(choices).slice(0, 4).map(cutLabel) } }

const distinct = (texts: readonly string[]) => [...new Set(texts.map(text => text.trim()).filter(Boolean))]

/** A choice stands on a button. */
const cutLabel = (text: string) => (text.length > 100 ? `${text.slice(0, 99)}…` : text)
