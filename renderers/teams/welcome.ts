import { plainText } from '../view/plain-text.ts'
import { type AdaptiveCard, buttons, type Element, heading, prose, type SubmitAction, small } from './elements.ts'
import { labelText, say } from './escape.ts'
import { cardOf } from './fit.ts'

export type Welcome = {
  /** Questions to start with; four are shown. */
  examples: string[]
  /** Where it says hello; in a channel or group it must be mentioned. */
  scope: 'personal' | 'group'
}

const examplesShown = 4
const longestExample = 300

/** What is shown when the app is added: what it does, how to ask, and questions to click. */
export const welcomeCard = ({ examples, scope }: Welcome): AdaptiveCard => {
  const asked = examples.filter(e => plainText(e) !== '' && e.length <= longestExample).slice(0, examplesShown)
  const body: Element[] = [
    ...heading(say`Hello, I am Chartroom`),
    ...prose(
      say`Ask me about your data in plain English. You get the number, a chart, a short story, and a receipt that says how it was worked out.`,
    ),
    ...prose(
      scope === 'personal'
        ? say`Just type a question.`
        : say`Mention me and ask; I answer in the thread, and follow-up questions work there.`,
    ),
    ...(asked.length > 0 ? small(say`Try one of these:`) : []),
    ...asked.flatMap(e => buttons([sayButton(e)])),
    ...small(say`“kpi” lists the KPIs, “data” says what there is, “help” says more.`),
  ]
  return cardOf({ body }, labelText('Chartroom answers questions about your data.'))
}

/** Says the text as if the reader had typed it. */
const sayButton = (text: string): SubmitAction => ({
  type: 'Action.Submit',
  title: labelText(text),
  data: { msteams: { type: 'imBack', value: plainText(text) } },
})
