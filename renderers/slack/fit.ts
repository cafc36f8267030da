import type { SlackBlock } from './block-kit.ts'
import { limits, weightOf } from './limits.ts'

/** A part of a message: the forms it can take, the fullest first. `rank` says how soon it may go (1 is the first); a part without one stays. */
export type Part = { forms: SlackBlock[][]; rank?: number }

export const part = (blocks: SlackBlock[], rank?: number): Part => ({
  forms: [blocks],
  ...(rank !== undefined && { rank }),
})

/** A part with a form per size, the largest first. */
export const sizes = <T>(most: T[], make: (most: T) => SlackBlock[], rank?: number): Part => ({
  forms: most.map(make),
  ...(rank !== undefined && { rank }),
})

/**
 * The blocks of the parts, in order, within what a message takes. While they are too many, parts are shortened, the first to go first; then
 * parts go, and `left` stands where the first one went.
 */
export const fitted = (parts: Part[], left: SlackBlock[]): SlackBlock[] => {
  const order = parts.map((_, i) => i).sort((a, b) => rankOf(parts[a]) - rankOf(parts[b]))
  const forms = parts.map(p => p.forms)
  for (const at of order) while (!fits(forms) && forms[at]!.length > 1) forms[at] = forms[at]!.slice(1)
  const expendable = order.filter(at => parts[at]?.rank !== undefined && shown(forms[at]!).length > 0)
  for (const [i, at] of expendable.entries()) {
    if (fits(forms)) break
    forms[at] = [i === 0 ? left : []]
  }
  return forms.flatMap(shown)
}

const rankOf = (p: Part | undefined) => p?.rank ?? Number.POSITIVE_INFINITY
const shown = (forms: SlackBlock[][]): SlackBlock[] => forms[0] ?? []

/** Every block gets an id of up to 100 characters later. */
const idRoom = 115

const fits = (forms: SlackBlock[][][]) => {
  const blocks = forms.flatMap(shown)
  return blocks.length <= limits.messageBlocks && weightOf(blocks) + idRoom * blocks.length <= limits.messageWeight
}
