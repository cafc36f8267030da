import type { Click, Deed } from '../view/click.ts'
import { cut, plainText } from '../view/plain-text.ts'
import type { AnsweredView, MenuView } from '../view/view.ts'
import type { MessageOptions, SlackBlock } from './block-kit.ts'
import { actions, contextActions, small } from './blocks.ts'
import { bin, button, feedback, select, sureToDelete, thumbs } from './elements.ts'

/** What can be done with an answer: other periods, splits and charts (at most `most` of each), its details, its rows. */
export const controls = (view: AnsweredView, options: MessageOptions, most: number): SlackBlock[] => [
  ...actions([
    ...view.menus.flatMap(menu => menuSelect(view.id, menu, most)),
    ...detailsButton(view.id),
    ...deedButton({ label: 'CSV', deed: 'csv', answer: view.id, hint: 'Download all rows as a CSV file' }),
    ...(options.private
      ? deedButton({ label: 'Share', deed: 'share', answer: view.id, hint: 'Share this answer with the channel' })
      : []),
  ]),
  ...small(...view.menus.filter(m => m.choices.length > most).map(m => shortMenu(m, most))),
]

/** Opens the details. */
export const detailsButton = (answer: string) =>
  deedButton({
    label: 'Details & SQL',
    deed: 'details',
    answer,
    hint: 'Details & SQL: the table, the receipt, the SQL',
  })

/** Thumbs and the bin. */
export const opinion = (answer: string, { rung, asker }: MessageOptions): SlackBlock[] =>
  rung === 'text'
    ? actions([
        ...thumbs(answer),
        ...button({ label: 'Delete', click: { kind: 'deed', deed: 'delete', answer }, confirm: sureToDelete }),
      ])
    : contextActions([...feedback(answer), ...bin(answer, asker)])

const deedButton = ({ label, deed, answer, hint }: { label: string; deed: Deed; answer: string; hint: string }) =>
  button({ label, hint, click: { kind: 'deed', deed, answer } })

const menuSelect = (answer: string, { name, label, choices }: MenuView, most: number) => {
  const options = choices.map((c, index) => ({
    label: c.label,
    click: { kind: 'menu', answer, menu: name, index } satisfies Click,
    ...(c.current && { chosen: true }),
  }))
  return select({ id: `menu:${name}`, label, options, most })
}

const shortMenu = ({ label, choices }: MenuView, most: number) =>
  `${cut(plainText(label), 30)}: ${most} of ${choices.length} are in the menu. Ask for others in words.`
