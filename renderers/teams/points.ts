import { followsMark, markOf } from '../view/marks.ts'
import type { AnsweredView } from '../view/view.ts'
import { clipped } from './clipped.ts'
import { type Element, prose } from './elements.ts'
import { say } from './escape.ts'

/** A finding or what follows from one; the mark says the tone, so that colour need not. */
export type Point = { mark: string; text: string }

const pointsShown = 3

/** All findings, then what follows from them. */
export const pointsOf = ({ insights, implications }: AnsweredView): Point[] => [
  ...insights.map(({ tone, text }) => ({ mark: markOf[tone], text })),
  ...implications.map(({ text }) => ({ mark: followsMark, text })),
]

/** A few findings for the first screen of a phone, what follows from them among them, and the others. */
export const firstPoints = (view: AnsweredView): { shown: Point[]; rest: Point[] } => {
  const follows = view.implications.slice(0, 1)
  const insights = view.insights.slice(0, pointsShown - follows.length)
  const { length } = view.insights
  const all = pointsOf(view)
  const isShown = (i: number) => i < insights.length || (i >= length && i < length + follows.length)
  return { shown: all.filter((_, i) => isShown(i)), rest: all.filter((_, i) => !isShown(i)) }
}

/** One line per point, each at most `most` characters. */
export const pointElements = (points: Point[], most: number): Element[] =>
  points.flatMap(({ mark, text }) =>
    clipped(text, 8) === '' ? [] : prose(say`${mark} ${clipped(text, most)}`, { spacing: 'Small' }),
  )
