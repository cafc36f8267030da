import { cut, leftToRight, plainLines, plainText } from '../view/plain-text.ts'
import { clipped } from './clipped.ts'

declare const escaped: unique symbol
declare const labelled: unique symbol

/** Text that a card reads as Markdown and that holds none. Only {@link cardText} and {@link say} make it. */
export type CardText = string & { readonly [escaped]: true }

/** Text of a button, a choice or a picture, which is not read as Markdown. Only {@link labelText} makes it. */
export type LabelText = string & { readonly [labelled]: true }

/**
 * A text that stays itself where a card reads Markdown and macros: it cannot format, link, show a picture, mention or tell the time
 * (https://learn.microsoft.com/adaptive-cards/authoring-cards/text-features). What Markdown cannot escape is kept apart by an invisible
 * joiner: `{{DATE(…)}}`, addresses and domains, which some clients link by themselves. At most `most` characters, cut with "…".
 */
export const cardText = (text: string, most = Number.POSITIVE_INFINITY): CardText =>
  inert(clipped(text, most)) as CardText

/** A text of our own with others inserted, which are made inert: say`Not used: ${word}.` */
export const say = (words: TemplateStringsArray, ...texts: (string | number)[]): CardText =>
  words.map((word, i) => word + (i < texts.length ? inert(plainText(String(texts[i]))) : '')).join('') as CardText

/** Texts in a row with " · " between; what is empty is left out. */
export const row = (texts: CardText[]): CardText => texts.filter(text => text !== '').join(' · ') as CardText

/** No text, where there is nothing to say. */
export const silence = '' as CardText

/** Lines below each other in one block; what is empty is left out. Two spaces before the break make Markdown keep it. */
export const lines = (texts: CardText[]): CardText => texts.filter(text => text !== '').join('  \n') as CardText

/** Code as text, where a client cannot show code: with its line breaks and indents. */
export const codeText = (code: string): CardText => lines(plainLines(code).split('\n').map(indented))

/** Code for a block of code: nothing is read in it but macros, perhaps. */
export const codeSnippet = (code: string): string =>
  plainLines(code)
    .replace(/\{(?=\{)/g, `{${joiner}`)
    .trimEnd()

/** A text for a button, a choice or a picture: one line, no macro, at most `most` characters. Never empty: "–" stands for nothing. */
export const labelText = (text: string, most = 100): LabelText =>
  (cut(apart(clipped(text, most)), most) || '–') as LabelText

/** Only what means something to Markdown: clients that do not know an escape would show its backslash. */
const inert = (text: string): string =>
  leftToRight(apart(text))
    .replace(/[\\`*_[\]~]/g, '\\$&')
    .replace(/&(?=#?\w+;)/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/^>/, '&gt;')
    .replace(/^(?:[-+](?=\s|$)|#(?=[#\s]|$)|[-=](?=[-=\s]*$))/, '\\$&')
    .replace(/^(\d{1,9})(?=[.)](?:\s|$))/, '$1\\')

/** No-break spaces, which Markdown keeps. */
const indented = (line: string): CardText =>
  ('\u00a0'.repeat(line.length - line.trimStart().length) + inert(line.trim())) as CardText

const joiner = '\u2060'

const apart = (text: string): string =>
  text
    .replace(/\{(?=\{)/g, `{${joiner}`)
    .replace(/:(?=\/\/)/g, `:${joiner}`)
    .replace(/(?<=[\p{L}\p{N}])\.(?=\p{L}{2})/gu, `${joiner}.`)
