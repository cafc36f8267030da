import type { Click } from '../view/click.ts'
import { plainText } from '../view/plain-text.ts'
import type { ChoiceView } from '../view/view.ts'
import type { SlackBlock } from './block-kit.ts'
import { actions, small } from './blocks.ts'
import { button, plain } from './elements.ts'
import { type Part, sizes } from './fit.ts'

/** A phone cuts longer labels (https://docs.slack.dev/reference/block-kit/block-elements/button-element: about 30). */
const buttonLength = 30
const mostNext = 4

/** How many choices, and how much of each. */
const amounts = [
  { count: 8, length: 300 },
  { count: 8, length: 75 },
  { count: 4, length: 75 },
]

/** What a button beside a choice says: a question is asked, anything else is chosen. */
export const askOrChoose = ({ label, question }: ChoiceView): string => (label === question ? 'Ask' : 'Choose')

/** Readings to choose from: buttons when their labels can be read on a phone, else each in full with a button that says the verb beside it. */
export const choicePart = (choices: ChoiceView[], id: string, verb: string | ((choice: ChoiceView) => string)): Part =>
  sizes(amounts, ({ count, length }) => {
    const shown = choices.slice(0, count)
    const more = choices.length - shown.length
    const blocks = shown.every(isShort)
      ? actions(shown.flatMap((c, i) => button({ label: c.label, click: choose(id, i) })))
      : shown.flatMap((c, i) =>
          inFull(c.label, { click: choose(id, i), verb: typeof verb === 'string' ? verb : verb(c), length }),
        )
    return [...blocks, ...small(more > 0 ? `${more} more readings are not shown; ask in other words.` : '')]
  })

/** What one may ask next, below everything else; what is too long for a button stands beside one. */
export const nextButtons = (choices: ChoiceView[], id: string): SlackBlock[] => {
  const shown = choices.slice(0, mostNext).map((choice, i) => ({ ...choice, click: choose(id, i) }))
  return [
    ...actions(shown.filter(isShort).flatMap(({ label, click }) => button({ label, click }))),
    ...shown.filter(c => !isShort(c)).flatMap(({ label, click }) => inFull(label, { click, verb: 'Ask', length: 150 })),
  ]
}

/** Whether a phone shows it on a button as it is. */
export const isShort = ({ label }: { label: string }): boolean => plainText(label).length <= buttonLength

const choose = (answer: string, index: number): Click => ({ kind: 'choice', answer, index })

const inFull = (
  label: string,
  { click, verb, length }: { click: Click; verb: string; length: number },
): SlackBlock[] => {
  const [accessory] = button({ label: verb, click, hint: `${verb}: ${label}` })
  return [{ type: 'section', text: plain(label, length), ...(accessory && { accessory }) }]
}
