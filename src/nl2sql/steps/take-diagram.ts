import { readMermaid } from '#src/diagram/mermaid.ts'
import { describeModel } from '../describe-model.ts'
import type { Step } from '../plan.ts'
import { cut, repair, type Taken, type Taking } from './taking.ts'

/** A diagram that cannot be read is mended once; then the words are told without it. Numbers that nothing tells are not told. */
export const takeDiagram = ({ title, mermaid, says }: Extract<Step, { kind: 'diagram' }>, taking: Taking): Taken => {
  const { question, state } = taking
  const numbers = new Set(numbersIn(`${question.text} ${describeModel(question.domain.model, question.knowledge)}`))
  const isTold = (text: string) => numbersIn(text).every(n => numbers.has(n))
  const read = readMermaid(mermaid)
  const labels = 'problem' in read ? [] : [...read.nodes, ...read.edges].map(({ label = '' }) => label)
  const problem =
    'problem' in read ? read.problem : labels.every(isTold) ? undefined : 'A label has a number that nothing tells.'
  const told = { kind: 'diagram' as const, title: cut(title), says: says.filter(isTold).slice(0, mostSaid).map(cut) }
  if (problem === undefined && !('problem' in read)) return { outcome: { ...told, drawn: read } }
  if (!state.doubted || told.says.length === 0) {
    state.doubted = true
    return repair(taking, problem ?? '')
  }
  state.steps.push('The diagram could not be drawn.')
  return { outcome: told }
}

const mostSaid = 6

const numbersIn = (text: string) => text.match(/\d+(?:[.,]\d+)*/g) ?? []
