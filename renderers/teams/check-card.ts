import { cardShape, shapeOf } from './check-shapes.ts'
import { isObject, type Json, placed, type Visit } from './check-values.ts'
import { cardBytes, mostCardBytes } from './fit.ts'

/**
 * What is wrong with a card of ours, each as a JSON pointer and words: `/body/0/text: is empty`. A positive list of what this program sends:
 * whatever else stands in a card is a problem, also where Teams would take it. Empty when all is well.
 */
export const problemsOf = (card: unknown): string[] => {
  const problems: string[] = []
  const visit: Visit = {
    pointer: '',
    say: (pointer, problem) => problems.push(`${pointer}: ${problem}`),
    ids: new Set(),
    depth: 0,
  }
  visitShape(card, visit, 'AdaptiveCard')
  const { withoutPictures } = cardBytes(card ?? null)
  if (withoutPictures > mostCardBytes) problems.push(`: has ${withoutPictures} bytes, more than ${mostCardBytes}`)
  return problems
}

const deepest = 8

/** An element, action or card: every key is on the list, every needed key is there, and every value is checked. */
const visitShape = (value: unknown, visit: Visit, only?: string): void => {
  if (!isObject(value)) return visit.say(visit.pointer, 'is not an object')
  if (visit.depth > deepest) return visit.say(visit.pointer, 'is nested too deep')
  const type = String(value.type)
  const shape = only === 'AdaptiveCard' && type === only ? cardShape(visit.depth > 0) : shapeOf(type)
  if (!shape || (only && only !== type)) return visit.say(visit.pointer, `a ${type} may not stand here`)
  for (const key of shape.needs) if (value[key] === undefined) visit.say(visit.pointer, `needs ${key}`)
  for (const [key, part] of Object.entries(value)) {
    if (key === 'type') continue
    const check = Object.hasOwn(shape.keys, key) ? shape.keys[key] : undefined
    if (!check) visit.say(placed(visit, key).pointer, 'is not known')
    else if ('check' in check) check.check(part, placed(visit, key))
    else visitChildren(part, placed(visit, key), check)
  }
  shape.whole?.(value, visit)
}

const visitChildren = (
  part: unknown,
  visit: Visit,
  { holds, many }: { holds: (type: string) => boolean; many?: { least: number; most: number } },
): void => {
  if (!many) return visitChild(part, visit, holds)
  if (!Array.isArray(part)) return visit.say(visit.pointer, 'is not a list')
  if (part.length < many.least) visit.say(visit.pointer, 'is empty')
  if (part.length > many.most) visit.say(visit.pointer, `has ${part.length}, more than ${many.most}`)
  for (const [i, child] of part.entries()) visitChild(child, placed(visit, i), holds)
}

const visitChild = (child: unknown, visit: Visit, holds: (type: string) => boolean): void => {
  const type = isObject(child) ? String((child as Json).type) : ''
  if (isObject(child) && !holds(type)) return visit.say(visit.pointer, `a ${type} may not stand here`)
  visitShape(child, { ...visit, depth: visit.depth + 1 }, type === 'AdaptiveCard' ? type : undefined)
}
