import { isObject } from '../arguments.ts'
import type { Json } from '../world.ts'

/** Where blocks are shown. */
export type Surface = 'message' | 'ephemeral' | 'modal' | 'home'

/** What one check of a payload knows, and where it writes what it finds. */
export type Check = {
  surface: Surface
  /** Whether the workspace has the blocks of 2025 and later. */
  newBlocks: boolean
  /** Whether an image block may show this file. */
  isShowable: (fileId: string) => boolean
  report: (sentence: string, at: string) => void
}

/** Says what is wrong with a value at a place, in Slack's words. */
export type Shape = (value: unknown, at: string, check: Check) => void

/** A text that is no longer than `max` and no shorter than `min`, one character when not said. */
export const text =
  (max: number, min = 1): Shape =>
  (value, at, { report }) => {
    if (typeof value !== 'string') return report('must be a string', at)
    if (value.length < min) report(`must be more than ${min - 1} characters`, at)
    if (value.length > max) report(`must be less than ${max + 1} characters`, at)
  }

/** One of some words. */
export const oneOf =
  (...words: (string | number)[]): Shape =>
  (value, at, { report }) => {
    if (!words.some(word => word === value)) report('must be a valid enum value', at)
  }

export const flag: Shape = (value, at, { report }) => {
  if (typeof value !== 'boolean') report('must be a boolean', at)
}

/** A number within bounds, whole unless told. */
export const number =
  ({ min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY, whole = true } = {}): Shape =>
  (value, at, { report }) => {
    if (typeof value !== 'number' || !Number.isFinite(value)) return report('must be a number', at)
    if (whole && !Number.isInteger(value)) report('must be an integer', at)
    if (value < min) report(`must be at least ${min}`, at)
    if (value > max) report(`must be at most ${max}`, at)
  }

/** A list whose items have a shape; one at least unless told. */
export const list =
  (item: Shape, { min = 1, max }: { min?: number; max: number }): Shape =>
  (value, at, check) => {
    if (!Array.isArray(value)) return check.report('must be an array', at)
    if (value.length > max) check.report(`no more than ${max} items allowed`, at)
    if (value.length < min) check.report(`must have at least ${min} item${min === 1 ? '' : 's'}`, at)
    value.forEach((each, i) => {
      item(each, `${at}/${i}`, check)
    })
  }

type Fields = Record<string, Shape>
type Rule = (value: Json, at: string, check: Check) => void

/** An object with exactly these fields: some needed, some allowed, all others refused. `also` looks at it as a whole. */
export const object =
  (needed: Fields, allowed: Fields = {}, also?: Rule): Shape =>
  (value, at, check) => {
    if (!isObject(value)) return check.report('must provide an object', at)
    const all = { ...needed, ...allowed }
    for (const name of Object.keys(needed))
      if (value[name] === undefined) check.report(`missing required field: ${name}`, at)
    for (const [name, field] of Object.entries(value).filter(([, field]) => field !== undefined)) {
      const shape = Object.hasOwn(all, name) ? all[name] : undefined
      if (shape) shape(field, `${at}/${name}`, check)
      else check.report(`invalid additional property: ${name}`, at)
    }
    also?.(value, at, check)
  }

/** Whichever of these the `type` says. */
export const kinds =
  (shapes: Record<string, Shape>): Shape =>
  (value, at, check) => {
    if (!isObject(value)) return check.report('must provide an object', at)
    const { type } = value
    if (type === undefined) return check.report('missing required field: type', at)
    const shape = Object.hasOwn(shapes, String(type)) ? shapes[String(type)] : undefined
    if (shape === undefined) return check.report(`unsupported type: ${type}`, `${at}/type`)
    return shape(value, at, check)
  }

/** One of several schemas: what is wrong inside is said after a sentence about the whole, as Slack does for texts and views. */
export const matching =
  (shape: Shape): Shape =>
  (value, at, check) => {
    const inside: [string, string][] = []
    shape(value, at, { ...check, report: (...found) => inside.push(found) })
    if (inside.length > 0) check.report('failed to match all allowed schemas', at)
    for (const found of inside) check.report(...found)
  }

/** Two values that exclude each other: exactly one of the fields must be there. */
export const exactlyOne =
  (...names: [string, ...string[]]): Rule =>
  (value, at, { report }) => {
    const there = names.filter(name => value[name] !== undefined)
    if (there.length === 0) report(`missing required field: ${names[0]}`, at)
    if (there.length > 1) report(`must define only one of ${names.map(name => `\`${name}\``).join(' or ')}`, at)
  }
