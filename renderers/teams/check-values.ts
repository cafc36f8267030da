import { menuNames, readClick } from '../view/click.ts'
import { choiceMenus, verbs } from './clicks.ts'

export type Json = Record<string, unknown>

/** Where a check is, and whom it tells. `ids` are those seen so far. */
export type Visit = {
  pointer: string
  say: (pointer: string, problem: string) => void
  ids: Set<string>
  depth: number
}

export type Check = (value: unknown, visit: Visit) => void

export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** One step further down. */
export const placed = (visit: Visit, step: string | number): Visit => ({
  ...visit,
  pointer: `${visit.pointer}/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`,
})

export const oneOf =
  (...allowed: (string | boolean)[]): Check =>
  (value, { pointer, say }) => {
    if (!allowed.includes(value as string | boolean)) say(pointer, `is not ${allowed.join(' or ')}`)
  }

/** A text that is read as Markdown: none of it is left to read, and no macro, address or hidden character. */
export const markdown: Check = (value, visit) => {
  if (!isText(value, visit, Number.POSITIVE_INFINITY)) return
  const unescaped = value.replace(/\\[!-/:-@[-`{-~]/g, '')
  if (/[*_`[\]~<]/.test(unescaped)) visit.say(visit.pointer, 'has Markdown in it')
}

/** A text of a button, a choice or a picture. */
export const label =
  (most: number): Check =>
  (value, visit) => {
    if (isText(value, visit, most) && /[\r\n]/.test(value)) visit.say(visit.pointer, 'has more than one line')
  }

/** What is said for the reader when a button is clicked; it is a message, so nothing in it is read by the card. */
export const typed: Check = (value, visit) => {
  isText(value, visit, 500, { addresses: true, macros: true })
}

export const code: Check = (value, visit) => {
  isText(value, visit, 30_000, { addresses: true })
}

const isText = (
  value: unknown,
  { pointer, say }: Visit,
  most: number,
  may: { addresses?: boolean; macros?: boolean } = {},
): value is string => {
  if (typeof value !== 'string') {
    say(pointer, 'is not a text')
    return false
  }
  if (value.trim() === '') say(pointer, 'is empty')
  if (value.length > most) say(pointer, `has ${value.length} characters, more than ${most}`)
  if (hidden.test(value)) say(pointer, 'has a control or direction character')
  if (!may.macros && value.includes('{{')) say(pointer, 'has a macro')
  if (!may.addresses && value.includes('://')) say(pointer, 'has an address')
  return true
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const hidden = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]|[\ud800-\udbff](?![\udc00-\udfff])/

export const id: Check = (value, { pointer, say, ids }) => {
  if (typeof value !== 'string' || !/^[a-z][a-z0-9-]{0,40}$/.test(value)) return say(pointer, 'is no id')
  if (ids.has(value)) say(pointer, `"${value}" is used twice`)
  ids.add(value)
}

export const number: Check = (value, { pointer, say }) => {
  if (typeof value !== 'number' || !Number.isFinite(value)) say(pointer, 'is not a number')
}

/** A list, each item by its own check. */
export const list =
  (least: number, most: number, check: Check): Check =>
  (value, visit) => {
    if (!Array.isArray(value)) return visit.say(visit.pointer, 'is not a list')
    if (value.length < least || value.length > most)
      visit.say(visit.pointer, `has ${value.length}, not ${least} to ${most}`)
    for (const [i, item] of value.entries()) check(item, placed(visit, i))
  }

/** An object with exactly these keys; those with a "?" may be missing. */
export const record =
  (keys: Record<string, Check>): Check =>
  (value, visit) => {
    if (!isObject(value)) return visit.say(visit.pointer, 'is not an object')
    const names = Object.keys(keys).map(key => key.replace('?', ''))
    for (const [key, check] of Object.entries(keys)) {
      const name = key.replace('?', '')
      if (value[name] !== undefined) check(value[name], placed(visit, name))
      else if (name === key) visit.say(visit.pointer, `needs ${name}`)
    }
    for (const key of Object.keys(value))
      if (!names.includes(key)) visit.say(placed(visit, key).pointer, 'is not known')
  }

const most = { side: 1024, bytes: 1024 * 1024 }
const signature = '89504e470d0a1a0a'

/** https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/what-are-cards#inline-card-images */
export const picture: Check = (value, { pointer, say }) => {
  if (typeof value !== 'string') return say(pointer, 'is not an address')
  const [, base64] = /^data:image\/png;base64,([A-Za-z0-9+/]+={0,2})$/.exec(value) ?? []
  if (base64 === undefined) {
    if (!URL.canParse(value) || new URL(value).protocol !== 'https:') say(pointer, 'is neither https nor a PNG')
    return
  }
  const png = Buffer.from(base64, 'base64')
  if (png.length < 24 || png.toString('hex', 0, 8) !== signature) return say(pointer, 'is not a PNG')
  const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)]
  if (width > most.side || height > most.side || png.length > most.bytes)
    say(pointer, `is too large: ${width} by ${height}, ${png.length} bytes`)
}

/** What an Action.Execute sends back: a click that can be read, or nothing but what is chosen in menus. */
export const executeData: Check = (value, { pointer, say }) => {
  if (!isObject(value)) return say(pointer, 'is not an object')
  const { click, ...others } = value
  if (Object.keys(others).length > 0) say(pointer, `has ${Object.keys(others).join(', ')}`)
  if (click !== undefined && (typeof click !== 'string' || !readClick(click))) say(`${pointer}/click`, 'is no click')
}

export const verb = oneOf(...Object.values(verbs))

/** Menus of ours: what is chosen in them are clicks. Other menus (of forms) have short values. */
export const choiceValues = (menu: Json, visit: Visit): void => {
  const isOfClicks = [...menuNames, ...choiceMenus].some(name => name === menu.id)
  const choices = Array.isArray(menu.choices) ? menu.choices : []
  const values = choices.map(choice => (isObject(choice) ? String(choice.value) : ''))
  if (new Set(values).size < values.length) visit.say(visit.pointer, 'has two choices of one value')
  for (const [i, value] of values.entries())
    if (isOfClicks && !readClick(value)) visit.say(`${visit.pointer}/choices/${i}/value`, 'is no click')
}
