import { isNode, list, type Node } from './node.ts'
import type { Literal, Place } from './outline.ts'

/** The texts of a list of names. */
export const strings = (value: unknown): string[] =>
  list(value).flatMap(item => (isNode(item) && isNode(item.String) ? [String(item.String.sval ?? '')] : []))

/** A constant, with a cast around it or not. Zero is written as an empty object. */
export const literalIn = (value: unknown): Literal => {
  if (!isNode(value)) return undefined
  if (isNode(value.TypeCast)) return literalIn(value.TypeCast.arg)
  const { ival, fval, sval } = isNode(value.A_Const) ? value.A_Const : {}
  if (isNode(ival)) return Number(ival.ival ?? 0)
  if (isNode(fval)) return Number(fval.fval)
  return isNode(sval) ? String(sval.sval ?? '') : undefined
}

export const placeOf = ({ location: at }: Node): Place => (typeof at === 'number' && at >= 0 ? { at } : {})
